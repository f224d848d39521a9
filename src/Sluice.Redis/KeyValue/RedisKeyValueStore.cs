using System.Runtime.CompilerServices;
using Sluice.Data;
using Sluice.Redis.Connections;
using StackExchange.Redis;

namespace Sluice.Redis.KeyValue;

internal sealed class RedisKeyValueStore(RedisServerConnection server, KeyLayout layout) : IKeyValueStore
{
    private const int PageSize = 500;

    // Scripts are one step for all other clients: a value and its key come and go together.
    private const string Put = "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]); redis.call('ZADD', KEYS[2], 0, ARGV[1])";
    private const string Delete = "redis.call('ZREM', KEYS[2], ARGV[1]); return redis.call('HDEL', KEYS[1], ARGV[1])";

    public async ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        return await server.RunAsync(database => database.HashGetAsync(layout.ValuesOf(scope), key), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Check(scope, key);
        DataArguments.CheckValue(value);
        cancellationToken.ThrowIfCancellationRequested();
        // The driver may still be sending when the caller was cancelled and goes on with its buffer.
        RedisValue[] arguments = [key, value.ToArray()];
        await server.RunAsync(database => database.ScriptEvaluateAsync(Put, KeysOf(scope), arguments), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        var removed = await server.RunAsync(database => database.ScriptEvaluateAsync(Delete, KeysOf(scope), [key]), cancellationToken).ConfigureAwait(false);
        return (int)removed > 0;
    }

    public IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckPrefix(prefix);
        return ListPagesAsync(layout.KeysOf(scope), prefix, cancellationToken);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static void Check(DataScope scope, string key)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckKey(key);
    }

    private RedisKey[] KeysOf(DataScope scope) => [layout.ValuesOf(scope), layout.KeysOf(scope)];

    /// <summary>Keys that begin with a text stand together from that text on, since their bytes are compared.</summary>
    private async IAsyncEnumerable<string> ListPagesAsync(RedisKey keys, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RedisValue from = prefix.Length == 0 ? RedisValue.Null : prefix;
        var exclude = Exclude.None;
        RedisValue[] page;
        do
        {
            page = await server.RunAsync(
                database => database.SortedSetRangeByValueAsync(keys, from, RedisValue.Null, exclude, Order.Ascending, skip: 0, PageSize), cancellationToken).ConfigureAwait(false);
            foreach (var key in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!((string)key!).StartsWith(prefix, StringComparison.Ordinal)) yield break;
                yield return (string)(from = key)!;
            }

            exclude = Exclude.Start;
        }
        while (page.Length == PageSize);
    }
}

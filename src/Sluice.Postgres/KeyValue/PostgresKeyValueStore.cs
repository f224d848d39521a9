using System.Runtime.CompilerServices;
using Sluice.Data;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.KeyValue;

internal sealed class PostgresKeyValueStore(DataDatabase database) : IKeyValueStore
{
    private const int PageSize = 500;

    private const string Select = "select value from key_values where tenant = $1 and scope = $2 and key = $3";

    private const string Put = """
        insert into key_values (tenant, scope, workspace, prefix, key, value) values ($1, $2, $3, $4, $5, $6)
        on conflict (scope, key) do update set value = excluded.value
        """;

    private const string Delete = "delete from key_values where tenant = $1 and scope = $2 and key = $3";

    public async ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        return await database.FindAsync(scope, new(Select, database.KeyOf(scope), key), row => row.GetFieldValue<byte[]>(0), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Check(scope, key);
        DataArguments.CheckValue(value);
        await database.ExecuteAsync(
            scope, new(Put, database.KeyOf(scope), scope.WorkspaceId, database.Prefix, key, value), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        return await database.ExecuteAsync(scope, new(Delete, database.KeyOf(scope), key), cancellationToken).ConfigureAwait(false) > 0;
    }

    public IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckPrefix(prefix);
        return ListPagesAsync(scope, prefix, cancellationToken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static void Check(DataScope scope, string key)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckKey(key);
    }

    /// <summary>Page by page, so that nothing is held open. Keys that begin with a text stand together from that text on, since their bytes are compared.</summary>
    private async IAsyncEnumerable<string> ListPagesAsync(DataScope scope, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> page;
        string? after = null;
        do
        {
            var query = new Query("select key from key_values").Where("scope = {0}", database.KeyOf(scope)).Where(after is null ? "key >= {0}" : "key > {0}", after ?? prefix);
            page = await database.ListAsync(scope, query.OrderBy("key", PageSize), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            foreach (var key in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!key.StartsWith(prefix, StringComparison.Ordinal)) yield break;
                yield return after = key;
            }
        }
        while (page.Count == PageSize);
    }
}

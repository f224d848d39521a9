using System.Runtime.CompilerServices;
using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.KeyValue;

internal sealed class SqliteKeyValueStore : IKeyValueStore
{
    private const int PageSize = 500;

    private const string Put = """
        INSERT INTO key_values (scope, key, bytes, is_compressed, content) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (scope, key) DO UPDATE SET bytes = ?3, is_compressed = ?4, content = ?5
        """;

    private readonly DataFile _file;

    private SqliteKeyValueStore(DataFile file) => _file = file;

    /// <inheritdoc cref="DataFile.Open"/>
    public static SqliteKeyValueStore Open(string path, string? prefix = null, bool ensureSchema = true, SqliteStorageOptions? options = null) =>
        new(DataFile.Open(path, prefix ?? "", ensureSchema, options ?? new()));

    public ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<byte[]?>(cancellationToken);
        return new(_file.Read(scope, nothing: null, (connection, owner) => Get(connection, owner, key))?.Read());
    }

    public async ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Check(scope, key);
        DataArguments.CheckValue(value);
        cancellationToken.ThrowIfCancellationRequested();
        var stored = StoredValue.Of(value.Span);
        await _file.AddAsync(
            scope,
            (connection, owner) => connection.Prepare(Put)
                .Bind(owner).Bind(key).Bind(stored.Bytes).Bind(stored.IsCompressed).Bind(stored.Content).Execute(),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        return new(_file.ChangeAsync(
            scope, nothing: false,
            (connection, owner) => connection.Prepare("DELETE FROM key_values WHERE scope = ? AND key = ?").Bind(owner).Bind(key).Execute() > 0,
            cancellationToken));
    }

    public IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckPrefix(prefix);
        return ListPagesAsync(scope, prefix, cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static void Check(DataScope scope, string key)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckKey(key);
    }

    private static StoredValue? Get(Connection connection, long scope, string key)
    {
        using var found = connection.Prepare("SELECT bytes, is_compressed, content FROM key_values WHERE scope = ? AND key = ?").Bind(scope).Bind(key);
        return found.Step() ? new(found.Int32(0), found.Int64(1) != 0, found.Bytes(2).ToArray()) : null;
    }

    /// <summary>Keys that begin with a text stand together from that text on, since their bytes are compared.</summary>
    private static List<string> ReadPage(Connection connection, long scope, string prefix, string? after)
    {
        using var row = connection.Prepare($"SELECT key FROM key_values WHERE scope = ? AND key {(after is null ? ">=" : ">")} ? ORDER BY key LIMIT {PageSize}")
            .Bind(scope).Bind(after ?? prefix);
        var keys = new List<string>();
        while (row.Step() && row.Text(0) is var key && key.StartsWith(prefix, StringComparison.Ordinal)) keys.Add(key);
        return keys;
    }

    /// <summary>Page by page, so that nothing is held open while the caller works.</summary>
    private async IAsyncEnumerable<string> ListPagesAsync(DataScope scope, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> page;
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = _file.Read<List<string>>(scope, [], (connection, owner) => ReadPage(connection, owner, prefix, after));
            foreach (var key in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return after = key;
            }
        }
        while (page.Count == PageSize);

        await Task.CompletedTask.ConfigureAwait(false);
    }
}

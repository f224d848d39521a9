using System.Runtime.CompilerServices;
using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Search;

/// <summary>A search index in one file, with SQLite's FTS5.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    private const int PageSize = 1000;

    private readonly DataFile _file;

    private SqliteSearchIndex(DataFile file) => _file = file;

    /// <inheritdoc cref="DataFile.Open"/>
    public static SqliteSearchIndex Open(string path, SqliteStorageOptions? options = null) =>
        new(DataFile.Open(path, prefix: "", ensureSchema: true, options ?? new(), Migrator.Search));

    public async ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(documents);
        SearchDocument[] rows = [.. documents];
        await _file.AddAsync(
            scope,
            (connection, owner) =>
            {
                foreach (var document in rows) DocumentRows.Put(connection, owner, document);
                return rows.Length;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(ids);
        string[] asked = [.. ids];
        return await _file.ChangeAsync(
            scope, nothing: 0, (connection, owner) => asked.Sum(id => DocumentRows.Remove(connection, owner, id) ? 1 : 0), cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, SearchIndexQuery query, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<SearchIndexHit>>(cancellationToken);
        var match = query.UseTrigrams ? MatchText.OfTrigrams(query.Terms) : MatchText.OfWords(query.Terms);
        return match.Length == 0 ? new([]) : new(_file.Read(scope, [], (connection, owner) => DocumentRows.Find(connection, owner, query, match)));
    }

    public async IAsyncEnumerable<SearchIndexState> ListAsync(DataScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        var after = "";
        List<SearchIndexState> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = _file.Read(scope, [], (connection, owner) => DocumentRows.List(connection, owner, after, PageSize));
            foreach (var state in page) yield return state;
            if (page.Count > 0) after = page[^1].Id;
        }
        while (page.Count == PageSize);

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}

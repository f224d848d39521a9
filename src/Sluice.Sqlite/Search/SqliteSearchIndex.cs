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
    private readonly string? _folder;

    private SqliteSearchIndex(DataFile file, string? folder) => (_file, _folder) = (file, folder);

    /// <summary>Opens an index; a file that is not there is made.</summary>
    /// <param name="path">The file; null: one in a folder of its own, which goes with the index.</param>
    /// <param name="options">How to work.</param>
    /// <exception cref="SluiceException">It cannot be opened (<c>store_unavailable</c>), or is another file (<c>store_schema</c>).</exception>
    public static SqliteSearchIndex Open(string? path, SqliteStorageOptions? options = null)
    {
        var folder = path is null ? Directory.CreateTempSubdirectory("sluice-index-").FullName : null;
        var file = path ?? Path.Combine(folder!, "index.db");
        try
        {
            return new(DataFile.Open(file, prefix: "", ensureSchema: true, options ?? new(), Migrator.Search), folder);
        }
        catch (SluiceException exception) when (exception.Code is ErrorCodes.StoreSchema || File.Exists(file))
        {
            throw new SluiceException(
                exception.Code, $"{exception.Message} A search index holds nothing that the catalog does not: if '{file}' was one, delete it, and it is built anew.",
                exception)
            { Retryable = exception.Retryable };
        }
    }

    public async ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(documents);
        SearchDocument[] rows = [.. documents];
        // In order, so that they stand side by side in the index of words.
        string[] words = [.. WordRows.Of(rows).Order(StringComparer.Ordinal)];
        await _file.AddAsync(
            scope,
            (connection, owner) =>
            {
                foreach (var document in rows) DocumentRows.Put(connection, owner, document);
                WordRows.Add(connection, owner, words);
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
        var terms = MatchText.Of(query.Terms);
        return terms.Length == 0 ? new([]) : new(_file.Read(scope, [], (connection, owner) => DocumentRows.Find(connection, owner, query, terms)));
    }

    public ValueTask<IReadOnlyList<SearchIndexHit>> GetAsync(DataScope scope, SearchIndexFilter filter, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1, nameof(filter));
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<SearchIndexHit>>(cancellationToken)
            : new(_file.Read<IReadOnlyList<SearchIndexHit>>(scope, [], (connection, owner) => DocumentRows.Get(connection, owner, filter)));
    }

    public ValueTask<IReadOnlyList<SearchWord>> ReadWordsAsync(DataScope scope, long after, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<SearchWord>>(cancellationToken)
            : new(_file.Read<IReadOnlyList<SearchWord>>(scope, [], (connection, owner) => WordRows.Read(connection, owner, after)));
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

    public async ValueTask PutVectorsAsync(DataScope scope, IReadOnlyList<SearchVector> vectors, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(vectors);
        SearchVector[] rows = [.. vectors];
        await _file.ChangeAsync(scope, nothing: 0, (connection, owner) => rows.Sum(vector => VectorRows.Put(connection, owner, vector)), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyDictionary<string, string>> ReadVectorHashesAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(ids);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyDictionary<string, string>>(cancellationToken)
            : new(_file.Read<IReadOnlyDictionary<string, string>>(
                scope, new Dictionary<string, string>(StringComparer.Ordinal), (connection, owner) => VectorRows.ReadHashes(connection, owner, ids)));
    }

    public ValueTask<IReadOnlyList<SearchIndexHit>> FindNearestAsync(
        DataScope scope, ReadOnlyMemory<float> vector, SearchIndexQuery query, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<SearchIndexHit>>(cancellationToken)
            : new(_file.Read<IReadOnlyList<SearchIndexHit>>(scope, [], (connection, owner) => VectorRows.FindNearest(connection, owner, vector.Span, query)));
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        if (_folder is not null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}

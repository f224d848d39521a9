using Sluice.Data.Querying;
using Sluice.Data.Schemas;
using Sluice.Data.Search;
using Sluice.Data.Search.Documents;
using Sluice.Data.Toolkit;

namespace Sluice.Data;

/// <summary>A data environment whose parts are open. It serves the toolkit <c>catalog</c>: give it to <c>RuntimeOptions.DataEnvironment</c>.</summary>
/// <remarks>Safe for concurrent use. Dispose it after the runtimes that use it; it disposes its parts, the last opened first.</remarks>
public sealed class OpenDataEnvironment : IToolkitProvider, IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _opened;

    internal OpenDataEnvironment(
        DataEnvironment environment, ITargetDatabase? targetDatabase, ICatalogStore catalog, IKeyValueStore keyValue,
        ISearchIndex? index, Stack<IAsyncDisposable> opened, TimeProvider time)
    {
        (TenantId, WorkspaceId, TargetDatabase, Catalog, KeyValue, Time, _opened) =
            (environment.TenantId, environment.WorkspaceId, targetDatabase, catalog, keyValue, time, opened);
        Schema = targetDatabase is null ? null : new(targetDatabase, time);
        if (index is null) return;
        var settings = environment.CatalogSearch ?? new();
        Search = new(index, catalog, Schema, settings);
        if (settings.WriteThrough && !catalog.IsReadOnly) Catalog = new IndexedCatalogStore(catalog, index, Search);
    }

    /// <summary>The toolkit it serves: <c>catalog</c>.</summary>
    public string Id => BuiltInTools.CatalogToolkit;

    /// <inheritdoc/>
    public string? TenantId { get; }

    /// <summary>The workspace that catalog and documents are kept under.</summary>
    public string WorkspaceId { get; }

    /// <summary>The database that agents read; null when the environment has none.</summary>
    public ITargetDatabase? TargetDatabase { get; }

    /// <summary>The catalog.</summary>
    public ICatalogStore Catalog { get; }

    /// <summary>The bodies of documents.</summary>
    public IKeyValueStore KeyValue { get; }

    /// <summary>The kind <c>QueryResult</c>, under which larger results of queries are stored.</summary>
    public IReadOnlyList<ReferenceSpec> References { get; } = [QueryResultReference.Spec];

    /// <summary>Search in the catalog, and the index behind it; null when no provider was given that has search indexes.</summary>
    public CatalogSearch? Search { get; }

    internal TargetSchema? Schema { get; }

    internal TimeProvider Time { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ToolSpec> CreateTools(ToolkitSpec? config, ICollection<SpecError> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return new CatalogToolkit(this).Create(config, problems);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
    }
}

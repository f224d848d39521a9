using Sluice.Data.Enrichment;
using Sluice.Data.Knowledge;
using Sluice.Data.Profiling;
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
        ISearchIndex? index, Stack<IAsyncDisposable> opened, DataEnvironmentOptions options)
    {
        (TenantId, WorkspaceId, TargetDatabase, Catalog, KeyValue, Time, _opened) =
            (environment.TenantId, environment.WorkspaceId, targetDatabase, catalog, keyValue, options.TimeProvider, opened);
        Schema = targetDatabase is null ? null : new(targetDatabase, Time);
        if (index is null) return;
        var settings = environment.CatalogSearch ?? new();
        Search = new(index, catalog, Schema, settings, options.EmbeddingGenerator);
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

    /// <summary>
    /// Looks at the target database and writes what it is and what is in it to the catalog: tables, columns, keys, relations, values of columns that
    /// have few, and what is wrong with the data. Each table's entries are written as soon as it is done, so a run that was stopped goes on where it
    /// was when it is started again. What people or models wrote into entries is kept.
    /// </summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="options">What is profiled.</param>
    /// <param name="cancellationToken">Stops the queries that run. What is written stays.</param>
    /// <returns>What happens, as it happens. Nothing is read before the first event is asked for; to stop asking stops the run.</returns>
    /// <exception cref="SpecValidationException">The options cannot be used (<c>invalid_options</c>), or name tables that there are none of.</exception>
    /// <exception cref="SluiceException">
    /// The catalog only reads (<c>catalog_read_only</c>), or the database or the catalog cannot be reached (<c>store_unavailable</c>).
    /// </exception>
    public IAsyncEnumerable<ProfilingEvent> ProfileAsync(DataScope scope, ProfilingOptions options, CancellationToken cancellationToken = default) =>
        new Profiler(this, scope, options).RunAsync(cancellationToken);

    /// <summary>Says what <see cref="ProfileAsync"/> would do. Counts rows, and writes nothing.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="options">What would be profiled.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="SpecValidationException">The options cannot be used (<c>invalid_options</c>), or name tables that there are none of.</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>), or the database or the catalog cannot be reached.</exception>
    public Task<ProfilingEstimate> EstimateProfilingAsync(DataScope scope, ProfilingOptions options, CancellationToken cancellationToken = default) =>
        new Profiler(this, scope, options).EstimateAsync(cancellationToken);

    /// <summary>
    /// Reads the documents of a directory, keeps their bodies in the key-value store, and writes entries of them, their parts and the knowledge in them
    /// to the catalog, related to the tables and columns they speak of. What is unchanged is not written again.
    /// </summary>
    /// <remarks>
    /// A body is written before the entries that point to it and removed after them, so that a run that breaks off leaves no entry without its body;
    /// the next run mends what it left. Run one ingestion of a database at a time.
    /// </remarks>
    /// <param name="scope">Whose documents.</param>
    /// <param name="options">What is ingested.</param>
    /// <param name="cancellationToken">Stops the run between two documents, or a call of the extractor.</param>
    /// <returns>What happens, as it happens. Nothing begins before it is enumerated. The last event is an <see cref="IngestionCompletedEvent"/>.</returns>
    /// <exception cref="SpecValidationException">
    /// The options have problems (<c>invalid_options</c>), all of which are listed, or the directory has no such file. Nothing was written.
    /// </exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>, before anything is read), or a store failed.</exception>
    /// <exception cref="ProviderException">The extractor's key is refused (<c>provider_auth</c>).</exception>
    public IAsyncEnumerable<IngestionEvent> IngestKnowledgeAsync(DataScope scope, IngestionOptions options, CancellationToken cancellationToken = default)
    {
        IngestionRules.Check(this, scope, options);
        return new Ingestion(this, scope, options).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Has a model describe the profiled tables of a database: what they and their columns mean, other words for them, units, metrics. The model is told
    /// names, types, keys and statistics, never rows. What people or the database wrote is kept; what the model wrote is besides under
    /// <c>metadata.extra.enrichment</c>.
    /// </summary>
    /// <remarks>Each table is written when it is done, so that a run that was stopped goes on where it stopped. A table without a usable answer is reported, and the others go on.</remarks>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="options">Which tables, by whom, at which cost.</param>
    /// <param name="cancellationToken">Stops the calls that are under way.</param>
    /// <returns>What happens, as it happens. Nothing begins before it is enumerated. The last event is an <see cref="EnrichmentCompletedEvent"/>.</returns>
    /// <exception cref="SpecValidationException">The options cannot be used (<c>invalid_options</c>), or name tables that the catalog does not have.</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>), or a store failed.</exception>
    /// <exception cref="ProviderException">The client's key is refused (<c>provider_auth</c>).</exception>
    public IAsyncEnumerable<EnrichmentEvent> EnrichAsync(DataScope scope, EnrichmentOptions options, CancellationToken cancellationToken = default)
    {
        EnrichmentRules.Check(this, scope, options, needsClient: true);
        return new Enricher(this, scope, options).RunAsync(cancellationToken);
    }

    /// <summary>Says what <see cref="EnrichAsync"/> would take. Asks no model, and writes nothing.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="options">Which tables, and at which prices.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SpecValidationException">The options cannot be used (<c>invalid_options</c>), or name tables that the catalog does not have.</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>), or cannot be reached.</exception>
    public Task<EnrichmentEstimate> EstimateEnrichmentAsync(DataScope scope, EnrichmentOptions options, CancellationToken cancellationToken = default)
    {
        EnrichmentRules.Check(this, scope, options, needsClient: false);
        return new Enricher(this, scope, options).EstimateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
    }
}

using Sluice.Data.Catalog;

namespace Sluice.Data.Knowledge;

/// <summary>Brings documents into a data environment.</summary>
public static class KnowledgeExtensions
{
    /// <summary>
    /// Reads the documents of a directory, keeps their bodies in the key-value store, and writes entries of them, their parts and the knowledge in them
    /// to the catalog, related to the tables and columns they speak of. What is unchanged is not written again.
    /// </summary>
    /// <remarks>
    /// A body is written before the entries that point to it and removed after them, so that a run that breaks off leaves no entry without its body;
    /// the next run mends what it left. Run one ingestion of a database at a time.
    /// </remarks>
    /// <param name="environment">The open environment.</param>
    /// <param name="scope">Whose documents.</param>
    /// <param name="options">What is ingested.</param>
    /// <param name="cancellationToken">Stops the run between two documents, or a call of the extractor.</param>
    /// <returns>What happens, as it happens. Nothing begins before it is enumerated. The last event is an <see cref="IngestionCompletedEvent"/>.</returns>
    /// <exception cref="SpecValidationException">
    /// The options have problems (<c>invalid_options</c>), all of which are listed, or the directory has no such file. Nothing was written.
    /// </exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>, before anything is read), or a store failed.</exception>
    /// <exception cref="ProviderException">The extractor's key is refused (<c>provider_auth</c>).</exception>
    public static IAsyncEnumerable<IngestionEvent> IngestKnowledgeAsync(
        this OpenDataEnvironment environment, DataScope scope, IngestionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        DataArguments.CheckScope(scope);
        IngestionRules.Check(options);
        if (environment.Catalog.IsReadOnly) throw ReadOnlyCatalog.Refusal("environment's");
        return new Ingestion(environment, scope, options).RunAsync(cancellationToken);
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sluice.Data.Enrichment;

/// <summary>Has a model describe the tables of a database, several at once.</summary>
internal sealed class Enricher(OpenDataEnvironment environment, DataScope scope, EnrichmentOptions options)
{
    // The schema of an answer is sent with each question.
    private const int SchemaCharacters = 2500;
    private const int CharactersOfAToken = 4;
    private const int TokensOfATable = 250;
    private const int TokensOfAColumn = 45;

    private readonly string? _model = options.Model ?? (options.Client?.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;

    public async IAsyncEnumerable<EnrichmentEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tables = await SelectAsync(cancellationToken).ConfigureAwait(false);
        yield return new EnrichmentStartedEvent { DatabaseId = options.DatabaseId, Tables = tables.Count };
        var (enriched, skipped, failed, metrics, usage) = (0, 0, 0, 0, TokenUsage.Zero);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<EnrichmentEvent>>();
        try
        {
            for (var next = 0; next < tables.Count || running.Count > 0;)
            {
                while (next < tables.Count && running.Count < options.Concurrency)
                {
                    var isOver = options.MaxTokens is { } most && usage.TotalTokens >= most;
                    running.Add(isOver ? Task.FromResult<EnrichmentEvent>(Skipped(tables[next], "budget")) : EnrichAsync(tables[next], stop.Token));
                    next++;
                }

                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                var happened = await ended.ConfigureAwait(false);
                if (happened is TableEnrichedEvent table) (enriched, metrics, usage) = (enriched + 1, metrics + table.Metrics, usage + table.Usage);
                else if (happened is EnrichmentFailedEvent failure) (failed, usage) = (failed + 1, usage + failure.Usage);
                else skipped++;
                yield return happened;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        yield return new EnrichmentCompletedEvent { Enriched = enriched, Skipped = skipped, Failed = failed, Metrics = metrics, Usage = usage };
    }

    public async Task<EnrichmentEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        var (tables, skipped, calls, input, output) = (0, 0, 0, 0L, 0L);
        foreach (var table in await SelectAsync(cancellationToken).ConfigureAwait(false))
        {
            var facts = await TableFacts.ReadAsync(environment.Catalog, scope, table, cancellationToken).ConfigureAwait(false);
            if (IsDone(facts))
            {
                skipped++;
                continue;
            }

            tables++;
            calls += facts.Questions.Count;
            input += facts.Questions.Sum(question => (long)question.Length + TableFacts.Instruction.Length + SchemaCharacters) / CharactersOfAToken;
            output += TokensOfATable + ((long)TokensOfAColumn * facts.Columns.Count);
        }

        return new()
        {
            Tables = tables,
            Skipped = skipped,
            Calls = calls,
            InputTokens = input,
            OutputTokens = output,
            Cost = ((input * options.InputPricePerMillion) + (output * options.OutputPricePerMillion)) / 1_000_000,
        };
    }

    private async Task<IReadOnlyList<CatalogEntry>> SelectAsync(CancellationToken cancellationToken)
    {
        var tables = new List<CatalogEntry>();
        var filter = new CatalogFilter { ItemTypes = [CatalogItemType.Table], DatabaseId = options.DatabaseId };
        await foreach (var table in environment.Catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false)) tables.Add(table);
        return EnrichmentRules.Select(tables, options);
    }

    private async Task<EnrichmentEvent> EnrichAsync(CatalogEntry table, CancellationToken cancellationToken)
    {
        var facts = await TableFacts.ReadAsync(environment.Catalog, scope, table, cancellationToken).ConfigureAwait(false);
        if (IsDone(facts)) return Skipped(table, "unchanged");
        return await new TableEnricher(environment, scope, options, _model, facts).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether this model was told the same before. Where nobody says which model it is, whichever it was.</summary>
    private bool IsDone(TableFacts facts) =>
        !options.Force && EnrichedFacts.Of(facts.Table) is { } known && known.Signature == facts.Signature && (_model is null || known.Model == _model);

    private static EnrichmentSkippedEvent Skipped(CatalogEntry table, string reason) => new() { Table = table.QualifiedName, Reason = reason };
}

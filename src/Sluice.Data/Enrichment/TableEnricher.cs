using Microsoft.Extensions.AI;
using Sluice.Data.Enrichment.Proposals;

namespace Sluice.Data.Enrichment;

/// <summary>Asks about one table, checks what is answered, and writes it. Counts what that used.</summary>
internal sealed class TableEnricher(OpenDataEnvironment environment, DataScope scope, EnrichmentOptions options, string? model, TableFacts facts)
{
    private readonly List<DroppedProposal> _dropped = [];
    private TokenUsage _usage = TokenUsage.Zero;

    public async Task<EnrichmentEvent> RunAsync(CancellationToken cancellationToken)
    {
        var table = facts.Table.QualifiedName;
        try
        {
            var (proposal, answeredBy) = await AskAsync(cancellationToken).ConfigureAwait(false);
            var made = new EnrichedEntries(options.DatabaseId, facts, model ?? answeredBy);
            var metrics = await CheckMetricsAsync(proposal.Metrics, made, cancellationToken).ConfigureAwait(false);
            var columns = await WriteAsync(proposal, metrics, made, cancellationToken).ConfigureAwait(false);
            return new TableEnrichedEvent { Table = table, Columns = columns, Metrics = metrics.Count, Dropped = _dropped, Usage = _usage };
        }
        catch (SluiceException exception) when (exception is StructuredOutputException or ProviderException { Code: not ErrorCodes.ProviderAuth })
        {
            if (exception is StructuredOutputException answered) Count(answered.Usage);
            return new EnrichmentFailedEvent { Table = table, Error = exception.ToErrorInfo(), Usage = _usage };
        }
    }

    /// <summary>All questions of the table; the first answer says what it is.</summary>
    private async Task<(TableProposal Proposal, string? Model)> AskAsync(CancellationToken cancellationToken)
    {
        var answers = new List<TableProposal>(facts.Questions.Count);
        string? answeredBy = null;
        foreach (var question in facts.Questions)
        {
            var answer = await options.Client!.GetStructuredAsync<TableProposal>(
                [new(ChatRole.System, TableFacts.Instruction), new(ChatRole.User, question)], cancellationToken: cancellationToken).ConfigureAwait(false);
            Count(answer.Usage);
            answers.Add(answer.Value);
            answeredBy ??= answer.Model;
        }

        var (columns, metrics) = (answers.SelectMany(answer => answer.Columns), answers.SelectMany(answer => answer.Metrics));
        return (answers[0] with { Columns = [.. columns], Metrics = [.. metrics] }, answeredBy);
    }

    private async Task<IReadOnlyList<CatalogEntry>> CheckMetricsAsync(
        IReadOnlyList<MetricProposal> proposals, EnrichedEntries made, CancellationToken cancellationToken)
    {
        var check = new MetricCheck(environment.TargetDatabase);
        var metrics = new Dictionary<string, CatalogEntry>(StringComparer.Ordinal);
        foreach (var proposal in proposals)
        {
            var metric = made.OfMetric(proposal);
            var problem = !DataArguments.IsText(proposal.Expression) || metric.Name.Length == 0 ? "Its name or its expression is no text."
                : await check.FindProblemAsync(facts.Key, proposal.Expression, cancellationToken).ConfigureAwait(false);
            if (problem is null && !metrics.TryAdd(metric.Id, metric)) problem = "Another metric has this name.";
            if (problem is not null) Drop(proposal.Name, problem);
        }

        var known = await environment.Catalog.GetAsync(scope, [.. metrics.Keys], cancellationToken).ConfigureAwait(false);
        foreach (var authored in known.Where(entry => EnrichedFacts.Of(entry) is null))
        {
            metrics.Remove(authored.Id);
            Drop(authored.Name, "A metric of this name was written by somebody else.");
        }

        return [.. metrics.Values];
    }

    /// <summary>Writes table, columns and metrics at once, into the entries as they stand now, and removes metrics that are proposed no more.</summary>
    /// <returns>How many columns were described.</returns>
    private async Task<int> WriteAsync(
        TableProposal proposal, IReadOnlyList<CatalogEntry> metrics, EnrichedEntries made, CancellationToken cancellationToken)
    {
        var described = new Dictionary<string, ColumnProposal>(StringComparer.Ordinal);
        foreach (var column in proposal.Columns)
        {
            var entry = facts.Columns.FirstOrDefault(known => known.Name == column.Name)
                ?? facts.Columns.FirstOrDefault(known => string.Equals(known.Name, column.Name, StringComparison.OrdinalIgnoreCase));
            if (entry is null) Drop(column.Name, "The table has no such column.");
            else described.TryAdd(entry.Id, column);
        }

        var now = await environment.Catalog.GetAsync(scope, [facts.Table.Id, .. described.Keys], cancellationToken).ConfigureAwait(false);
        var entries = now.Select(entry => described.TryGetValue(entry.Id, out var column) ? made.OfColumn(entry, column) : made.OfTable(entry, proposal));
        await environment.Catalog.UpsertAsync(scope, [.. entries, .. metrics], cancellationToken).ConfigureAwait(false);
        await RemoveOldMetricsAsync(metrics.Select(metric => metric.Id).ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        return described.Count;
    }

    private async Task RemoveOldMetricsAsync(HashSet<string> kept, CancellationToken cancellationToken)
    {
        var filter = new CatalogFilter { ItemTypes = [CatalogItemType.Metric], DatabaseId = options.DatabaseId, TableName = facts.Key.Name };
        var old = new List<string>();
        await foreach (var metric in environment.Catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false))
        {
            var isOfTable = metric.Metadata.SchemaName == facts.Table.Metadata.SchemaName && metric.Metadata.TableName == facts.Key.Name;
            if (isOfTable && EnrichedFacts.Of(metric) is not null && !kept.Contains(metric.Id)) old.Add(metric.Id);
        }

        if (old.Count > 0) await environment.Catalog.RemoveAsync(scope, old, cancellationToken).ConfigureAwait(false);
    }

    private void Drop(string name, string reason) => _dropped.Add(new() { Name = name, Reason = reason });

    private void Count(UsageDetails usage) =>
        _usage += new TokenUsage { InputTokens = usage.InputTokenCount ?? 0, OutputTokens = usage.OutputTokenCount ?? 0 };
}

using System.Text.Json;
using Sluice.Data.Catalog;
using Sluice.Data.Enrichment.Proposals;
using Sluice.Data.Profiling.Writing;

namespace Sluice.Data.Enrichment;

/// <summary>The entries of a table with what a model says of them.</summary>
internal sealed class EnrichedEntries(string databaseId, TableFacts facts, string? model)
{
    private const int MostSynonymCharacters = 60;

    public CatalogEntry OfTable(CatalogEntry table, TableProposal proposal) => new EnrichedFacts
    {
        Model = model,
        Signature = facts.Signature,
        Description = Clean(proposal.Description),
        Synonyms = Synonyms(proposal.Synonyms, table.Name),
        Grain = Clean(proposal.Grain),
    }.AddTo(table);

    public CatalogEntry OfColumn(CatalogEntry column, ColumnProposal proposal) => new EnrichedFacts
    {
        Model = model,
        Description = Clean(proposal.Description),
        Synonyms = Synonyms(proposal.Synonyms, column.Name),
        Unit = string.IsNullOrWhiteSpace(proposal.Unit) ? null : Clean(proposal.Unit),
    }.AddTo(column);

    public CatalogEntry OfMetric(MetricProposal proposal)
    {
        var name = Clean(proposal.Name);
        var metric = new CatalogEntry
        {
            Id = EntryIds.Metric(databaseId, facts.Key.Schema, facts.Key.Name, name),
            ItemType = CatalogItemType.Metric,
            Name = name,
            QualifiedName = $"{facts.Table.QualifiedName}:{name}",
            Related = [new(facts.Table.Id, "metric_of")],
            Metadata = new()
            {
                DatabaseId = databaseId,
                SchemaName = facts.Table.Metadata.SchemaName,
                TableName = facts.Key.Name,
                Extra = new Dictionary<string, JsonElement> { ["expression"] = ProfileJson.Of(proposal.Expression.Trim()) },
            },
        };
        return new EnrichedFacts
        {
            Model = model,
            Description = Clean(proposal.Description),
            Unit = string.IsNullOrWhiteSpace(proposal.Unit) ? null : Clean(proposal.Unit),
        }.AddTo(metric);
    }

    private static string[] Synonyms(IEnumerable<string> proposed, string name) =>
    [
        .. proposed.Select(Clean).Where(word => word.Length is > 0 and <= MostSynonymCharacters && !word.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Not every store can hold a NUL.</summary>
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim();
}

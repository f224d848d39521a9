using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sluice.Data.Enrichment.Proposals;

/// <summary>What a model says of a table.</summary>
internal sealed record TableProposal(
    [property: Description("What the table holds and what it is for, in one or two sentences."), Length(1, 600)] string Description,
    [property: Description("Other words that people use for it. None is fine."), MaxLength(8)] IReadOnlyList<string> Synonyms,
    [property: Description("What one row is, such as: one row per item of an order."), Length(1, 200)] string Grain,
    [property: Description("Each of the columns given, by its name."), MaxLength(200)] IReadOnlyList<ColumnProposal> Columns,
    [property: Description("Figures that are computed from this table. None is fine."), MaxLength(10)] IReadOnlyList<MetricProposal> Metrics);

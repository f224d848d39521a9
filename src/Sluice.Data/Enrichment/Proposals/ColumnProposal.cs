using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sluice.Data.Enrichment.Proposals;

/// <summary>What a model says of a column.</summary>
internal sealed record ColumnProposal(
    [property: Description("The column's name, as given."), MaxLength(200)] string Name,
    [property: Description("What it means, in one sentence."), Length(1, 400)] string Description,
    [property: Description("Other words that people use for it. None is fine."), MaxLength(8)] IReadOnlyList<string> Synonyms,
    [property: Description("The unit of its values, such as EUR, percent, days; null where there is none or nothing tells."), MaxLength(40)] string? Unit = null);

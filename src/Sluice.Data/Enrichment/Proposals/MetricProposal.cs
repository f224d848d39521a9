using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sluice.Data.Enrichment.Proposals;

/// <summary>A figure that a model proposes.</summary>
internal sealed record MetricProposal(
    [property: Description("A short name in snake_case."), Length(1, 80)] string Name,
    [property: Description("What it says, in one sentence."), Length(1, 400)] string Description,
    [property: Description("One SQL expression over columns of this table, such as SUM(price * quantity). No SELECT, no other table."), Length(1, 1000)] string Expression,
    [property: Description("Its unit; null where there is none or nothing tells."), MaxLength(40)] string? Unit = null);

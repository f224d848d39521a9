using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sluice.Data.Knowledge.Extracting;

/// <summary>What a model answers.</summary>
internal sealed record ExtractedKnowledge(
    [property: Description("One for each thing that is worth knowing; none when there is nothing."), MaxLength(50)]
    IReadOnlyList<ExtractedStatement> Statements);

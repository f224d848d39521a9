using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sluice.Data.Knowledge.Extracting;

/// <summary>A statement as a model writes it.</summary>
internal sealed record ExtractedStatement(
    [property: Description("One sentence that can be understood without the document."), Length(1, 1000)] string Statement,
    [property: Description("rule: what has to hold; definition: what a word or code means; metric: how a figure is computed; caveat: what leads to wrong answers.")]
    KnowledgeKind Kind,
    [property: Description("The tables and columns it is about, as schema.table or schema.table.column, from the list only."), MaxLength(20)]
    IReadOnlyList<string> AppliesTo,
    [property: Description("The words of the document that say so, copied exactly."), Length(8, 1000)] string Quote);

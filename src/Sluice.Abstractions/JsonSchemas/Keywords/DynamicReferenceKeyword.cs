using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>$dynamicRef</c> to a dynamic anchor: the outermost schema that was entered and has the anchor decides.</summary>
internal sealed class DynamicReferenceKeyword(string anchor, Subschema fallback) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation) =>
        evaluation.TryFollow(evaluation.TryFindDynamicAnchor(anchor, out var target) ? target : fallback, value);
}

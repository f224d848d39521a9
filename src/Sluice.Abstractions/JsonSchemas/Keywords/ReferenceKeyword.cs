using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>$ref</c>, and <c>$dynamicRef</c> where it behaves like one.</summary>
internal sealed class ReferenceKeyword(Subschema target) : Keyword
{
    public Subschema Target => target;

    public override IEnumerable<Subschema> InPlace => [target];

    public override bool Accepts(in Instance value, Evaluation evaluation) => evaluation.TryFollow(target, value);
}

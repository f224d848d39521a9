using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class AllOfKeyword(IReadOnlyList<Subschema> parts) : Keyword
{
    private readonly Subschema[] parts = [.. parts];

    public override IEnumerable<Subschema> InPlace => parts;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        var isValid = true;
        foreach (var part in parts)
        {
            if (part.AcceptsInPlace(value, evaluation)) continue;
            isValid = false;
            if (!evaluation.MayGoOn) return false;
        }
        return isValid;
    }
}

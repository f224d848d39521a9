using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class AllOfKeyword(IReadOnlyList<Subschema> parts) : Keyword
{
    private readonly Subschema[] _parts = [.. parts];

    public override IEnumerable<Subschema> InPlace => _parts;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        var isValid = true;
        foreach (var part in _parts)
        {
            if (part.AcceptsInPlace(value, evaluation)) continue;
            isValid = false;
            if (!evaluation.MayGoOn) return false;
        }
        return isValid;
    }
}

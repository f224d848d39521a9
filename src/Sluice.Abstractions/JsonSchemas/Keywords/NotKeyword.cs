using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class NotKeyword(Subschema schema) : Keyword
{
    public override IEnumerable<Subschema> InPlace => [schema];

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        var collector = evaluation.Collector;
        evaluation.Collector = null;
        // Whether it accepts or not, nothing under a negation counts as evaluated.
        var outer = evaluation.OpenPositions();
        var isValid = !schema.Node.Accepts(value, evaluation);
        evaluation.ClosePositions(outer, keep: false);
        evaluation.Collector = collector;
        return isValid || evaluation.Fail("not", $"{value} matches a schema that it must not match.");
    }
}

using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionalKeyword(Subschema condition, Subschema? whenTrue, Subschema? whenFalse) : Keyword
{
    public override IEnumerable<Subschema> InPlace
    {
        get
        {
            yield return condition;
            if (whenTrue is not null) yield return whenTrue;
            if (whenFalse is not null) yield return whenFalse;
        }
    }

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        var branch = condition.AcceptsSilently(value, evaluation) ? whenTrue : whenFalse;
        return branch is null || branch.AcceptsInPlace(value, evaluation);
    }
}

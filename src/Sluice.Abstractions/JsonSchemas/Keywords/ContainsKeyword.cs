using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsKeyword(Subschema schema, long minimum, long? maximum) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Array) return true;
        if (!evaluation.TrySpend(value.Element.GetArrayLength())) return false;
        var collector = evaluation.Collector;
        evaluation.Collector = null;
        var found = CountMatches(value.Element, evaluation);
        evaluation.Collector = collector;
        if (found < minimum)
        {
            var keyword = minimum == 1 ? "contains" : "minContains";
            return evaluation.Fail(keyword, $"{found} of the items match what the array must contain; at least {minimum} must.");
        }
        if (found > maximum)
        {
            return evaluation.Fail("maxContains", $"{found} of the items match what the array must contain; at most {maximum.Value} may.");
        }
        return true;
    }

    private int CountMatches(JsonElement array, Evaluation evaluation)
    {
        var found = 0;
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (evaluation.IsStopped) break;
            if (schema.AcceptsItem(item, index, evaluation))
            {
                found++;
                evaluation.Positions?.Add(index);
                if (evaluation.Positions is null && found >= minimum && maximum is null) break;
            }
            index++;
        }
        return found;
    }
}

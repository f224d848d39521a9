using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class UnevaluatedItemsKeyword(Subschema schema) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Array || evaluation.Positions is not { } positions) return true;
        if (!evaluation.TrySpend(value.Element.GetArrayLength())) return false;
        var isValid = true;
        var index = 0;
        foreach (var item in value.Element.EnumerateArray())
        {
            if (!positions[index] && !schema.AcceptsItem(item, index, evaluation))
            {
                isValid = false;
                if (!evaluation.MayGoOn) return false;
            }
            positions.Add(index);
            index++;
        }
        return isValid;
    }
}

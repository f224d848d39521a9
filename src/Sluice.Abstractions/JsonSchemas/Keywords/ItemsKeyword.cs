using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>prefixItems</c> for the first items, <c>items</c> for the rest.</summary>
internal sealed class ItemsKeyword(IReadOnlyList<Subschema> prefix, Subschema? rest) : Keyword
{
    private readonly Subschema[] _prefix = [.. prefix];

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Array) return true;
        if (!evaluation.TrySpend(value.Element.GetArrayLength())) return false;
        var isValid = true;
        var index = 0;
        foreach (var item in value.Element.EnumerateArray())
        {
            var schema = index < _prefix.Length ? _prefix[index] : rest;
            if (schema is null) break;
            if (!schema.AcceptsItem(item, index, evaluation))
            {
                isValid = false;
                if (!evaluation.MayGoOn) return false;
            }
            evaluation.Positions?.Add(index);
            index++;
        }
        return isValid;
    }
}

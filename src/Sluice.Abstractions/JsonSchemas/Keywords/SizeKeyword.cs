using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>minItems</c>, <c>maxItems</c>, <c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class SizeKeyword(string name, JsonValueKind kind, long limit, bool isMaximum) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != kind) return true;
        var size = kind == JsonValueKind.Array ? value.Element.GetArrayLength() : value.Element.GetPropertyCount();
        if (isMaximum ? size <= limit : size >= limit) return true;
        var unit = kind == JsonValueKind.Array ? "items" : "properties";
        return evaluation.Fail(name, $"there must be {(isMaximum ? "at most" : "at least")} {limit} {unit}, got {size}.");
    }
}

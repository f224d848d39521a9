using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class UnevaluatedPropertiesKeyword(Subschema schema) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Object || evaluation.Positions is not { } positions) return true;
        if (!evaluation.TrySpend(value.Element.GetPropertyCount())) return false;
        var isValid = true;
        var position = 0;
        foreach (var property in value.Element.EnumerateObject())
        {
            if (!positions[position] && !AcceptsProperty(property, evaluation))
            {
                isValid = false;
                if (!evaluation.MayGoOn) return false;
            }
            positions.Add(position);
            position++;
        }
        return isValid;
    }

    private bool AcceptsProperty(JsonProperty property, Evaluation evaluation)
    {
        if (!schema.Node.AcceptsNothing) return schema.AcceptsProperty(property, evaluation);
        return evaluation.IsCollecting && UnknownProperty.Report(evaluation, "unevaluatedProperties", property, []);
    }
}

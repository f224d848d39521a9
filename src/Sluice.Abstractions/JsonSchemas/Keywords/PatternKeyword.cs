using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class PatternKeyword(SchemaPattern pattern) : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.String || pattern.IsMatch(value.Text, evaluation)) return true;
        return evaluation.Fail("pattern", $"{value} does not match the pattern {Excerpt.Shorten(pattern.Source)}");
    }
}

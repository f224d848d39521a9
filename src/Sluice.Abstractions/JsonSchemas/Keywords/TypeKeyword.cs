using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

internal sealed class TypeKeyword(InstanceKinds kinds) : Keyword
{
    private readonly bool _acceptsIntegers = kinds.HasFlag(InstanceKinds.Integer);

    public InstanceKinds Kinds => kinds;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (kinds.Includes(value.Kind)) return true;
        if (_acceptsIntegers && value.Kind == JsonValueKind.Number && IsInteger(value.Number, evaluation)) return true;
        return evaluation.Fail("type", $"expected {kinds.Describe()}, got {Describe(value)}.");
    }

    private static bool IsInteger(ReadOnlySpan<byte> number, Evaluation evaluation) =>
        evaluation.TrySpendText(number.Length)
        && (number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || DecimalNumber.Parse(number).IsInteger);

    private static string Describe(in Instance value) => value.Kind switch
    {
        JsonValueKind.String => $"the string {Excerpt.Of(value)}",
        JsonValueKind.Number => $"the number {Excerpt.Of(value)}",
        _ => Excerpt.Of(value),
    };
}

using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>minLength</c> and <c>maxLength</c>, in Unicode code points.</summary>
internal sealed class TextLengthKeyword(string name, long limit, bool isMaximum) : Keyword
{
    // A code point takes at most two six-byte escapes, and at least one byte.
    private const int MaxBytesPerCodePoint = 12;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.String) return true;
        var raw = value.Text;
        if (isMaximum ? raw.Length <= limit : raw.Length / MaxBytesPerCodePoint >= limit) return true;
        if (!evaluation.TrySpendText(raw.Length)) return false;
        var length = JsonText.CountCodePoints(raw);
        if (isMaximum ? length <= limit : length >= limit) return true;
        return evaluation.Fail(name, $"{value} has {length} characters; it must have {(isMaximum ? "at most" : "at least")} {limit}.");
    }
}

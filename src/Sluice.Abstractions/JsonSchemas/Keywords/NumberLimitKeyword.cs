using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms, compared exactly.</summary>
internal sealed class NumberLimitKeyword(string name, byte[] limit, bool isUpper, bool isExclusive) : Keyword
{
    private readonly long? _integerLimit = DecimalNumber.TryReadShortInteger(limit, out var integer) ? integer : null;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Number) return true;
        if (!evaluation.TrySpendText(value.Number.Length)) return false;
        var order = CompareToLimit(value.Number);
        if (isUpper) order = -order;
        return order > 0
            || (order == 0 && !isExclusive)
            || evaluation.Fail(name, $"{value} must be {Relation} {Encoding.UTF8.GetString(limit)}.");
    }

    private string Relation => (isUpper, isExclusive) switch
    {
        (true, true) => "less than",
        (true, false) => "at most",
        (false, true) => "greater than",
        (false, false) => "at least",
    };

    private int CompareToLimit(ReadOnlySpan<byte> number)
    {
        if (_integerLimit is { } known && DecimalNumber.TryReadShortInteger(number, out var integer)) return integer.CompareTo(known);
        return DecimalNumber.Compare(DecimalNumber.Parse(number), DecimalNumber.Parse(limit));
    }
}

using System.Numerics;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>
/// <c>multipleOf</c>, exactly and in time linear in the digits: with v = V·10^e and divisor D·10^f, V and D without trailing zeros, v is a
/// multiple exactly if e ≥ f and D divides V·10^(e-f), which modular arithmetic tells without writing the power out.
/// </summary>
internal sealed class MultipleOfKeyword : Keyword
{
    /// <summary>The most digits a divisor may have; larger ones are refused when the schema is compiled.</summary>
    public const int MaxDigits = 1000;

    private const int DigitsPerChunk = 18;

    private readonly byte[] _divisor;
    private readonly long? _integerDivisor;
    private readonly BigInteger _digits;
    private readonly long _exponent;

    public MultipleOfKeyword(byte[] divisor)
    {
        _divisor = divisor;
        if (DecimalNumber.TryReadShortInteger(divisor, out var integer)) _integerDivisor = integer;
        var number = DecimalNumber.Parse(divisor);
        _exponent = ExponentOf(number);
        _digits = BigInteger.Zero;
        for (var i = 0; i < number.DigitCount; i++) _digits = (_digits * 10) + number[i];
    }

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Number) return true;
        return IsMultiple(value.Number, evaluation)
            || evaluation.Fail("multipleOf", $"{value} is not a multiple of {Encoding.UTF8.GetString(_divisor)}.");
    }

    private bool IsMultiple(ReadOnlySpan<byte> number, Evaluation evaluation)
    {
        if (_integerDivisor is { } known && DecimalNumber.TryReadShortInteger(number, out var integer)) return integer % known == 0;
        if (!evaluation.TrySpendText(number.Length)) return false;
        var dividend = DecimalNumber.Parse(number);
        if (dividend.IsZero) return true;
        var shift = ExponentOf(dividend) - _exponent;
        if (shift < 0 || !evaluation.TrySpend(1 + (dividend.DigitCount / DigitsPerChunk))) return false;
        var scale = BigInteger.ModPow(10, shift, _digits);
        return (Remainder(dividend) * scale % _digits).IsZero;
    }

    private BigInteger Remainder(DecimalNumber dividend)
    {
        var remainder = BigInteger.Zero;
        for (var start = 0; start < dividend.DigitCount; start += DigitsPerChunk)
        {
            var end = Math.Min(start + DigitsPerChunk, dividend.DigitCount);
            long chunk = 0;
            long scale = 1;
            for (var i = start; i < end; i++, scale *= 10) chunk = (chunk * 10) + dividend[i];
            remainder = ((remainder * scale) + chunk) % _digits;
        }
        return remainder;
    }

    private static long ExponentOf(DecimalNumber number) => number.Magnitude - number.DigitCount;
}

using System.Buffers;
using System.Buffers.Text;

namespace Sluice.Json;

/// <summary>Writes numbers in the layout of ECMAScript's Number::toString, with all the digits that they were written with.</summary>
internal static class CanonicalNumber
{
    private const int MaxPlainMagnitude = 21;
    private const int MinPlainMagnitude = -6;

    /// <summary>Writes the number with the given JSON text; false where its exponent is out of range.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        var number = DecimalNumber.Parse(raw);
        if (number.IsOutOfRange) return false;
        // A sign, a point, zeros or an exponent: fewer than 32 bytes beside the digits.
        var buffer = output.GetSpan(number.DigitCount + 32);
        var length = 0;
        if (number.IsNegative) buffer[length++] = (byte)'-';
        output.Advance(length + Write(number, buffer[length..]));
        return true;
    }

    private static int Write(DecimalNumber number, Span<byte> buffer)
    {
        var count = number.DigitCount;
        var magnitude = number.Magnitude;
        if (count == 0) return WriteZeros(1, buffer);
        if (magnitude is > MaxPlainMagnitude or <= MinPlainMagnitude) return WriteWithExponent(number, buffer);
        if (magnitude <= 0)
        {
            "0."u8.CopyTo(buffer);
            var start = 2 + WriteZeros((int)-magnitude, buffer[2..]);
            return start + WriteDigits(number, 0, count, buffer[start..]);
        }
        var whole = (int)magnitude;
        var length = WriteDigits(number, 0, Math.Min(count, whole), buffer);
        if (count <= whole) return length + WriteZeros(whole - count, buffer[length..]);
        buffer[length++] = (byte)'.';
        return length + WriteDigits(number, whole, count, buffer[length..]);
    }

    private static int WriteWithExponent(DecimalNumber number, Span<byte> buffer)
    {
        var length = WriteDigits(number, 0, 1, buffer);
        if (number.DigitCount > 1)
        {
            buffer[length++] = (byte)'.';
            length += WriteDigits(number, 1, number.DigitCount, buffer[length..]);
        }
        var exponent = number.Magnitude - 1;
        buffer[length++] = (byte)'e';
        if (exponent > 0) buffer[length++] = (byte)'+';
        Utf8Formatter.TryFormat(exponent, buffer[length..], out var written);
        return length + written;
    }

    private static int WriteDigits(DecimalNumber number, int start, int end, Span<byte> buffer)
    {
        for (var i = start; i < end; i++) buffer[i - start] = (byte)('0' + number[i]);
        return end - start;
    }

    private static int WriteZeros(int count, Span<byte> buffer)
    {
        buffer[..count].Fill((byte)'0');
        return count;
    }
}

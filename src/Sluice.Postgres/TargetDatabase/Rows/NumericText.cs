using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>Reads <c>numeric</c>: digits to the base 10000, which may be many more than a decimal holds.</summary>
internal static class NumericText
{
    private const int MostDigits = 28;

    /// <summary>A decimal when it holds the value exactly; otherwise the text that the engine would write.</summary>
    public static object Decode(ReadOnlySpan<byte> bytes)
    {
        var (count, weight) = (BinaryPrimitives.ReadInt16BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes[2..]));
        var (sign, scale) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), BinaryPrimitives.ReadInt16BigEndian(bytes[6..]));
        if (sign is 0xC000) return "NaN";
        if (sign is 0xD000 or 0xF000) return sign == 0xD000 ? "Infinity" : "-Infinity";
        var text = new StringBuilder();
        for (var i = 0; i <= weight; i++) text.Append($"{DigitAt(bytes, count, i):D4}");
        var whole = text.ToString().TrimStart('0');
        text.Clear();
        for (var i = weight + 1; text.Length < scale; i++) text.Append($"{DigitAt(bytes, count, i):D4}");
        var fraction = text.ToString(0, scale);
        var all = $"{(sign == 0x4000 ? "-" : "")}{(whole.Length == 0 ? "0" : whole)}{(scale > 0 ? "." : "")}{fraction}";
        return whole.Length + scale <= MostDigits ? decimal.Parse(all, NumberStyles.Number, CultureInfo.InvariantCulture) : all;
    }

    private static short DigitAt(ReadOnlySpan<byte> bytes, int count, int index) =>
        index >= 0 && index < count ? BinaryPrimitives.ReadInt16BigEndian(bytes[(8 + (2 * index))..]) : (short)0;
}

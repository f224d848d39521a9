using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>Reads the raw UTF-8 between the quotes of a JSON string. Lone surrogates and broken UTF-8 never throw here.</summary>
internal static class JsonText
{
    public static ReadOnlySpan<byte> RawOf(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    public static bool HasEscapes(ReadOnlySpan<byte> raw) => raw.Contains((byte)'\\');

    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!HasEscapes(raw)) return Encoding.UTF8.GetString(raw);
        var buffer = new byte[raw.Length];
        return Encoding.UTF8.GetString(buffer.AsSpan(0, Unescape(raw, buffer)));
    }

    public static string Decode(JsonElement text) => Decode(RawOf(text));

    public static byte[] ToUtf8(ReadOnlySpan<byte> raw)
    {
        if (!HasEscapes(raw)) return raw.ToArray();
        var buffer = new byte[raw.Length];
        return buffer[..Unescape(raw, buffer)];
    }

    /// <summary>Whether two raw texts mean the same string, however each of them is escaped.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!HasEscapes(left) && !HasEscapes(right)) return left.SequenceEqual(right);
        using var plainLeft = new UnescapedText(left);
        using var plainRight = new UnescapedText(right);
        return plainLeft.Utf8.SequenceEqual(plainRight.Utf8);
    }

    public static int CountCodePoints(ReadOnlySpan<byte> raw)
    {
        var count = 0;
        for (var slash = raw.IndexOf((byte)'\\'); slash >= 0; slash = raw.IndexOf((byte)'\\'))
        {
            count += CountLeadBytes(raw[..slash]) + 1;
            ReadEscape(raw[slash..], out var length);
            raw = raw[(slash + length)..];
        }
        return count + CountLeadBytes(raw);
    }

    /// <summary>
    /// Writes the meaning of <paramref name="raw"/>, which is never longer than the raw text; a lone surrogate takes three bytes.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        for (var slash = raw.IndexOf((byte)'\\'); slash >= 0; slash = raw.IndexOf((byte)'\\'))
        {
            raw[..slash].CopyTo(destination[written..]);
            written += slash;
            var codePoint = ReadEscape(raw[slash..], out var length);
            written += Encode(codePoint, destination[written..]);
            raw = raw[(slash + length)..];
        }
        raw.CopyTo(destination[written..]);
        return written + raw.Length;
    }

    private static int CountLeadBytes(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
        {
            if ((unit & 0xC0) != 0x80) count++;
        }
        return count;
    }

    private static int ReadEscape(ReadOnlySpan<byte> escape, out int length)
    {
        length = 2;
        switch (escape[1])
        {
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case not (byte)'u': return escape[1];
        }
        length = 6;
        var unit = ReadHex(escape[2..]);
        if (!char.IsHighSurrogate((char)unit) || escape.Length < 12 || escape[6] != '\\' || escape[7] != 'u') return unit;
        var low = ReadHex(escape[8..]);
        if (!char.IsLowSurrogate((char)low)) return unit;
        length = 12;
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    private static int ReadHex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits[..4]) value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }

    private static int Encode(int codePoint, Span<byte> destination)
    {
        if (codePoint < 0x80)
        {
            destination[0] = (byte)codePoint;
            return 1;
        }
        var length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        for (var i = length - 1; i > 0; i--, codePoint >>= 6) destination[i] = (byte)(0x80 | (codePoint & 0x3F));
        destination[0] = (byte)((0xF0 << (4 - length)) | codePoint);
        return length;
    }
}

using System.Buffers;
using System.Text.Unicode;

namespace Sluice.Json;

/// <summary>Writes strings with the fewest escapes.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(unit => (byte)unit), (byte)'"', (byte)'\\']);

    /// <summary>Writes the string with the given raw text; false where it is not valid Unicode.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        using var text = new UnescapedText(raw);
        if (!Utf8.IsValid(text.Utf8)) return false;
        output.Write("\""u8);
        var rest = text.Utf8;
        for (var at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            output.Write(rest[..at]);
            WriteEscape(rest[at], output);
            rest = rest[(at + 1)..];
        }
        output.Write(rest);
        output.Write("\""u8);
        return true;
    }

    private static void WriteEscape(byte unit, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> hexDigits = "0123456789abcdef"u8;
        switch (unit)
        {
            case (byte)'\b': output.Write("\\b"u8); break;
            case (byte)'\t': output.Write("\\t"u8); break;
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\f': output.Write("\\f"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'"' or (byte)'\\': output.Write([(byte)'\\', unit]); break;
            default: output.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', hexDigits[unit >> 4], hexDigits[unit & 0xF]]); break;
        }
    }
}

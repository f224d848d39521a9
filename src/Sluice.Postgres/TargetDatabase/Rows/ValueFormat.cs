using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>Turns the bytes of a value into what callers get. Types that are not here are asked of the engine as text.</summary>
internal static class ValueFormat
{
    private const uint Boolean = 16, Bytes = 17, Name = 19, Int64 = 20, Int16 = 21, Int32 = 23, Text = 25, Oid = 26, Json = 114, Xml = 142;
    private const uint Single = 700, Double = 701, Character = 1042, Varying = 1043, Date = 1082, Time = 1083, Timestamp = 1114;
    private const uint TimestampTz = 1184, Numeric = 1700, Uuid = 2950, Jsonb = 3802;

    /// <summary>The longest <c>numeric</c> there can be is shorter. What is not text is read whole up to here.</summary>
    private const int LongestPlain = 80 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static bool Knows(uint type) => type is Boolean or Bytes or Name or Int64 or Int16 or Int32 or Text or Oid or Json or Xml or Single or Double
        or Character or Varying or Date or Time or Timestamp or TimestampTz or Numeric or Uuid or Jsonb;

    /// <summary>How many bytes of a value to read.</summary>
    public static int BytesToRead(uint type, int limit) => IsText(type) || type == Bytes ? limit : Math.Max(limit, LongestPlain);

    /// <summary>Reads a value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bytes">The value, or its beginning.</param>
    /// <param name="limit">The most bytes of a value.</param>
    /// <param name="isCut">Whether there is more; set when it had to be cut here.</param>
    public static object Decode(uint type, ReadOnlySpan<byte> bytes, int limit, ref bool isCut) => type switch
    {
        Boolean => bytes[0] != 0,
        Int16 => (long)BinaryPrimitives.ReadInt16BigEndian(bytes),
        Int32 => (long)BinaryPrimitives.ReadInt32BigEndian(bytes),
        Int64 => BinaryPrimitives.ReadInt64BigEndian(bytes),
        Oid => (long)BinaryPrimitives.ReadUInt32BigEndian(bytes),
        Single => (double)BinaryPrimitives.ReadSingleBigEndian(bytes),
        Double => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        Numeric => Cut(NumericText.Decode(bytes), limit, ref isCut),
        Date => InstantText.Date(BinaryPrimitives.ReadInt32BigEndian(bytes)),
        Time => InstantText.Time(BinaryPrimitives.ReadInt64BigEndian(bytes)),
        Timestamp => InstantText.Timestamp(BinaryPrimitives.ReadInt64BigEndian(bytes), hasZone: false),
        TimestampTz => InstantText.Timestamp(BinaryPrimitives.ReadInt64BigEndian(bytes), hasZone: true),
        Uuid => new Guid(bytes, bigEndian: true),
        Bytes => bytes.ToArray(),
        Json => JsonOrText(bytes, isCut),
        // The first byte is the version of the format.
        Jsonb => JsonOrText(bytes[Math.Min(1, bytes.Length)..], isCut),
        _ => TextOf(bytes, isCut),
    };

    private static bool IsText(uint type) => type is Text or Varying or Character or Name or Xml or Json or Jsonb;

    private static object JsonOrText(ReadOnlySpan<byte> bytes, bool isCut)
    {
        if (isCut) return TextOf(bytes, isCut);
        try
        {
            return JsonElement.Parse(bytes, Deep);
        }
        catch (JsonException)
        {
            // Deeper than anybody reads, or numbers that JSON of the engine allows only: still a text.
            return TextOf(bytes, isCut);
        }
    }

    /// <summary>A cut leaves no half character behind.</summary>
    private static string TextOf(ReadOnlySpan<byte> bytes, bool isCut)
    {
        if (!isCut) return Encoding.UTF8.GetString(bytes);
        var end = bytes.Length;
        while (end > 0 && (bytes[end - 1] & 0xC0) == 0x80) end--;
        return Encoding.UTF8.GetString(bytes[..Math.Max(0, end - 1)]);
    }

    private static object Cut(object value, int limit, ref bool isCut)
    {
        if (value is not string text || text.Length <= limit) return value;
        isCut = true;
        return text[..limit];
    }
}

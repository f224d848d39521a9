using System.IO.Compression;

namespace Sluice.Sqlite.KeyValue;

/// <summary>A value as it is stored: compressed where that makes it shorter.</summary>
/// <param name="Bytes">How many bytes the value has.</param>
/// <param name="IsCompressed">Whether the content is compressed.</param>
/// <param name="Content">What is stored.</param>
internal readonly record struct StoredValue(int Bytes, bool IsCompressed, byte[] Content)
{
    /// <summary>Below this a row saves no page.</summary>
    private const int SmallestCompressed = 1024;

    private const int Quality = 1;
    private const int Window = 22;

    /// <summary>Copies a value.</summary>
    public static StoredValue Of(ReadOnlySpan<byte> value)
    {
        if (value.Length < SmallestCompressed) return new(value.Length, IsCompressed: false, value.ToArray());
        var compressed = new byte[value.Length];
        return BrotliEncoder.TryCompress(value, compressed, out var written, Quality, Window)
            ? new(value.Length, IsCompressed: true, compressed[..written])
            : new(value.Length, IsCompressed: false, value.ToArray());
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public byte[] Read()
    {
        if (!IsCompressed) return Content;
        var value = new byte[Bytes];
        if (BrotliDecoder.TryDecompress(Content, value, out var written) && written == Bytes) return value;
        throw new InvalidDataException($"A stored value of {Bytes} bytes cannot be decompressed.");
    }
}

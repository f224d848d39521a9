using System.Text;

namespace Sluice.Data.Knowledge.Reading;

/// <summary>The text of a file: UTF-8, or what its byte order mark says.</summary>
internal static class DocumentText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private static readonly Encoding[] Marked =
    [
        Utf8Marked, new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    private static Encoding Utf8Marked => new UTF8Encoding(true, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <returns>Its text; empty for an empty file, which may be none that can be opened.</returns>
    /// <exception cref="SluiceException">It cannot be read, is too large, or is no text (<c>invalid_document</c>).</exception>
    public static async Task<string> ReadAsync(SourceFile file, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(file.FullPath).Length;
            // A pipe or a device says 0, and opening one may never return.
            if (length == 0) return "";
            if (length > maxBytes) throw TooLarge($"has {length} bytes", maxBytes);
            return Decode(await ReadBytesAsync(file.FullPath, maxBytes, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"The file cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            // The file may have grown since.
            var bytes = new byte[(int)Math.Min(stream.Length, maxBytes) + 1];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read <= maxBytes && read < bytes.Length ? bytes.AsMemory(0, read) : throw TooLarge("grew while it was read", maxBytes);
        }
    }

    private static string Decode(ReadOnlyMemory<byte> bytes)
    {
        var encoding = Array.Find(Marked, encoding => bytes.Span.StartsWith(encoding.Preamble)) ?? Utf8;
        var mark = ReferenceEquals(encoding, Utf8) ? 0 : encoding.Preamble.Length;
        try
        {
            var text = encoding.GetString(bytes.Span[mark..]);
            if (text.Contains('\0', StringComparison.Ordinal))
                throw Invalid("The file is binary: it holds a NUL. Leave it out, or save its text as UTF-8.");
            var isStorable = Utf8.GetByteCount(text) <= IKeyValueStore.MaxValueBytes;
            return isStorable ? text : throw TooLarge("is larger than can be stored, as UTF-8", IKeyValueStore.MaxValueBytes);
        }
        catch (DecoderFallbackException exception)
        {
            var (name, place) = (encoding.WebName.ToUpperInvariant(), exception.Index + mark);
            throw Invalid($"The file is no text in {name}: byte {place} cannot be read. Save it as UTF-8, or leave it out.", exception);
        }
    }

    private static SluiceException TooLarge(string what, int maxBytes) =>
        Invalid($"The file {what}; at most {maxBytes} are read. Split it, or allow more with MaxFileBytes, up to {IKeyValueStore.MaxValueBytes}.");

    private static SluiceException Invalid(string message, Exception? cause = null) => new(ErrorCodes.InvalidDocument, message, cause);
}

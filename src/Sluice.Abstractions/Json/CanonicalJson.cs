using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>Canonical JSON as of RFC 8785: one sequence of bytes for equal values, whatever their white space, order and escapes.</summary>
/// <remarks>
/// Properties are ordered by the UTF-16 code units of their names, strings carry the fewest escapes, and numbers have the layout of
/// ECMAScript. One thing differs from RFC 8785: a number keeps every digit that was written instead of being rounded to an IEEE double,
/// because two different ids such as 9007199254740992 and 9007199254740993 must not share a hash. For a number that was written with no
/// more digits than its double needs, which is what JSON writers do, the bytes are those of RFC 8785. All members throw <see
/// cref="JsonException"/>, with the path, for what has no canonical form: an object with a repeated property name, text that is not valid
/// Unicode, an exponent beyond ±10^17, and more than <see cref="MaxDepth"/> levels.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>How many levels a value may nest: 1000.</summary>
    public const int MaxDepth = 1000;

    private const int ChunkLength = 32 * 1024;

    /// <summary>The canonical form as UTF-8.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonException">The value has no canonical form.</exception>
    public static byte[] ToUtf8(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical form as text.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonException">The value has no canonical form.</exception>
    public static string ToText(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Writes the canonical form as UTF-8.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">Receives the bytes in small pieces; what was written before an exception stays written.</param>
    /// <exception cref="JsonException">The value has no canonical form.</exception>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var cursor = new CanonicalCursor(value);
        while (cursor.WriteNext(output))
        {
            // One token at a time.
        }
    }

    /// <summary>
    /// Writes the canonical form as UTF-8, about 32 KiB at a time; only single strings and numbers longer than that are held whole.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="stream">Receives the bytes; not flushed and not closed. What was written before an exception stays written.</param>
    /// <param name="cancellationToken">Ends the writing between two pieces.</param>
    /// <exception cref="JsonException">The value has no canonical form.</exception>
    public static async Task WriteAsync(JsonElement value, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var chunk = new ArrayBufferWriter<byte>(ChunkLength);
        var cursor = new CanonicalCursor(value);
        while (cursor.WriteNext(chunk))
        {
            if (chunk.WrittenCount < ChunkLength) continue;
            await stream.WriteAsync(chunk.WrittenMemory, cancellationToken).ConfigureAwait(false);
            chunk.ResetWrittenCount();
        }
        await stream.WriteAsync(chunk.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The SHA-256 of the canonical UTF-8 as 64 lower-case hexadecimal digits, computed without holding the whole text.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonException">The value has no canonical form.</exception>
    public static string Sha256Hex(JsonElement value)
    {
        using var output = new Sha256BufferWriter();
        Write(value, output);
        return output.FinishHex();
    }

    /// <summary>Whether two values have the same canonical form. Stops at the first difference.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <exception cref="JsonException">A value has no canonical form, and no difference was found before that.</exception>
    public static bool AreEqual(JsonElement left, JsonElement right)
    {
        var (leftCursor, rightCursor) = (new CanonicalCursor(left), new CanonicalCursor(right));
        var (leftToken, rightToken) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        // Equal values consist of equal tokens, so comparing token by token is comparing the texts.
        while (leftCursor.WriteNext(leftToken) & rightCursor.WriteNext(rightToken))
        {
            if (!leftToken.WrittenSpan.SequenceEqual(rightToken.WrittenSpan)) return false;
            leftToken.ResetWrittenCount();
            rightToken.ResetWrittenCount();
        }
        return leftToken.WrittenCount == rightToken.WrittenCount;
    }
}

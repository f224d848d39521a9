using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Anthropic.Requests;

/// <summary>A JSON writer over a buffer that is used again, one per thread. One that is not returned, because writing failed, is dropped.</summary>
internal sealed class JsonBuffer
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonBuffer? _kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private JsonBuffer() => Json = new(_bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public Utf8JsonWriter Json { get; }

    /// <summary>How many bytes are written.</summary>
    public int Position => (int)(Json.BytesCommitted + Json.BytesPending);

    public static JsonBuffer Rent()
    {
        var rented = _kept ?? new();
        _kept = null;
        return rented;
    }

    public byte[] ToArrayAndReturn()
    {
        Json.Flush();
        var written = _bytes.WrittenSpan.ToArray();
        if (_bytes.Capacity > KeptBytes) return written;
        _bytes.ResetWrittenCount();
        Json.Reset();
        _kept = this;
        return written;
    }
}

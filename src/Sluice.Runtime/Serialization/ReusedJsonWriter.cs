using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Runtime.Serialization;

/// <summary>A JSON writer over a buffer that is used again, one per thread. While it is rented it is nobody else's, also not that of a converter it calls.</summary>
internal sealed class ReusedJsonWriter
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ReusedJsonWriter? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private ReusedJsonWriter() =>
        Json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public Utf8JsonWriter Json { get; }

    /// <summary>A writer with nothing written. One that is not returned, because writing failed, is dropped.</summary>
    public static ReusedJsonWriter Rent()
    {
        var rented = _kept ?? new();
        _kept = null;
        return rented;
    }

    /// <summary>What was written; valid until the return.</summary>
    public ReadOnlySpan<byte> Flush()
    {
        Json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Return()
    {
        if (_buffer.Capacity > KeptBytes) return;
        _buffer.ResetWrittenCount();
        Json.Reset();
        _kept = this;
    }
}

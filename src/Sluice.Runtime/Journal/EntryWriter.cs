using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Runtime.Journal;

/// <summary>Writes what entries say, with one buffer per thread.</summary>
internal static class EntryWriter
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(JournalData data)
    {
        var buffer = _buffer ??= new(1024);
        var writer = _writer ??= new(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        try
        {
            JournalJson.Write(writer, data);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            if (buffer.Capacity > KeptBytes) _buffer = buffer = new(1024);
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
        }
    }
}

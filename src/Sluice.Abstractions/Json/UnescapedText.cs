using System.Buffers;

namespace Sluice.Json;

/// <summary>The unescaped UTF-8 of a raw JSON text: the raw bytes themselves where nothing is escaped, else a pooled copy.</summary>
internal ref struct UnescapedText
{
    private byte[]? _pooled;

    public UnescapedText(ReadOnlySpan<byte> raw)
    {
        if (!JsonText.HasEscapes(raw))
        {
            Utf8 = raw;
            return;
        }
        _pooled = ArrayPool<byte>.Shared.Rent(raw.Length);
        Utf8 = _pooled.AsSpan(0, JsonText.Unescape(raw, _pooled));
    }

    public ReadOnlySpan<byte> Utf8 { get; }

    public void Dispose()
    {
        if (_pooled is null) return;
        ArrayPool<byte>.Shared.Return(_pooled);
        _pooled = null;
    }
}

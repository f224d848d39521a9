namespace Sluice.Runtime.Memory;

/// <summary>Bytes in pieces that stay out of the large object heap. Written once by one writer, then only read.</summary>
internal sealed class ByteChunks
{
    private const int SmallestChunk = 512;
    private const int LargestChunk = 64 * 1024;

    private readonly List<byte[]> _chunks = [];
    private int _usedOfLast;

    public long Length { get; private set; }

    public int Count => _chunks.Count;

    public ReadOnlySpan<byte> this[int index] => index == _chunks.Count - 1 ? _chunks[index].AsSpan(0, _usedOfLast) : _chunks[index];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_chunks.Count == 0 || _usedOfLast == _chunks[^1].Length) AddChunk();
            var taken = Math.Min(bytes.Length, _chunks[^1].Length - _usedOfLast);
            bytes[..taken].CopyTo(_chunks[^1].AsSpan(_usedOfLast));
            _usedOfLast += taken;
            Length += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>Gives back what the last piece does not use.</summary>
    public void Trim()
    {
        if (_chunks.Count > 0) _chunks[^1] = _chunks[^1].AsSpan(0, _usedOfLast).ToArray();
        _chunks.TrimExcess();
    }

    private void AddChunk()
    {
        _chunks.Add(new byte[(int)Math.Clamp(Length, SmallestChunk, LargestChunk)]);
        _usedOfLast = 0;
    }
}

using System.Buffers;

namespace Sluice.Sqlite.References;

/// <summary>A stored value's bytes, read chunk by chunk, so that a slow reader keeps nothing open.</summary>
/// <param name="length">How many bytes there are.</param>
/// <param name="readChunk">Copies the chunk of this number and says how long it is; null when the value was removed.</param>
internal sealed class ChunkStream(long length, Func<int, byte[], int?> readChunk) : Stream
{
    private byte[]? _chunk;
    private int _chunkLength;
    private int _offset;
    private int _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == length || buffer.IsEmpty) return 0;
        if (_offset == _chunkLength) ReadChunk();
        var taken = Math.Min(_chunkLength - _offset, buffer.Length);
        _chunk.AsSpan(_offset, taken).CopyTo(buffer);
        _offset += taken;
        _position += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _chunk is { } chunk)
        {
            _chunk = null;
            _position = length;
            ArrayPool<byte>.Shared.Return(chunk);
        }

        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        _chunk ??= ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Spool.ChunkSize));
        _chunkLength = readChunk(_next, _chunk)
            ?? throw new SluiceException(ErrorCodes.ReferenceExpired, "The value expired and was removed while it was being read.");
        (_offset, _next) = (0, _next + 1);
    }
}

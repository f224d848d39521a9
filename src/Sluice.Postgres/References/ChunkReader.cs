namespace Sluice.Postgres.References;

/// <summary>A value's stored bytes, fetched chunk by chunk. Between two chunks it holds no connection, however slow its reader is.</summary>
/// <param name="first">Chunk 0.</param>
/// <param name="fetch">Fetches a chunk by its number, from 1; null after the last.</param>
internal sealed class ChunkReader(byte[] first, Func<int, CancellationToken, ValueTask<byte[]?>> fetch) : Stream
{
    private ReadOnlyMemory<byte> _rest = first;
    private int _next = 1;
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_rest.IsEmpty && !_isAtEnd)
        {
            var chunk = await fetch(_next++, cancellationToken).ConfigureAwait(false);
            _isAtEnd = chunk is null;
            _rest = chunk;
        }

        var taken = Math.Min(_rest.Length, buffer.Length);
        _rest[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A reader that knows no other way blocks for a round trip.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

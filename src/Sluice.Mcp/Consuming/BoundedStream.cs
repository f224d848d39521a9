namespace Sluice.Mcp.Consuming;

/// <summary>Reads what a server sends, as long as no message in it is too long.</summary>
/// <param name="inner">What the server sends.</param>
/// <param name="lineBreaks">How many line breaks in a row end a message; 0: the whole stream is one.</param>
/// <param name="limit">The most bytes of a message.</param>
/// <param name="onExceeded">Called before reading fails because of the limit.</param>
internal sealed class BoundedStream(Stream inner, int lineBreaks, long limit, Action onExceeded) : Stream
{
    private long _length;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = lineBreaks == 0 ? -1 : bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..(end + 1)];
            if (end < 0 || part.TrimEnd("\r\n"u8).Length > 0) _breaks = 0;
            _length += part.Length;
            if (_length > limit)
            {
                onExceeded();
                throw new IOException($"A message is longer than {limit} bytes.");
            }

            if (end >= 0 && ++_breaks >= lineBreaks) (_length, _breaks) = (0, 0);
            bytes = bytes[part.Length..];
        }
    }
}

using System.Buffers;
using System.Net;

namespace Sluice.Anthropic.Requests;

/// <summary>The body of a request in pieces that are shared with other requests. Each sending copies them through a buffer of its own.</summary>
internal sealed class RequestBody(int capacity) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _pieces = new(capacity);
    private long _length;

    public void Add(ReadOnlyMemory<byte> piece)
    {
        _pieces.Add(piece);
        _length += piece.Length;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferBytes, _length));
        try
        {
            var filled = 0;
            foreach (var piece in _pieces)
            {
                for (var rest = piece; rest.Length > 0;)
                {
                    if (filled == buffer.Length)
                    {
                        await stream.WriteAsync(buffer.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
                        filled = 0;
                    }

                    var copied = Math.Min(rest.Length, buffer.Length - filled);
                    rest[..copied].CopyTo(buffer.AsMemory(filled));
                    filled += copied;
                    rest = rest[copied..];
                }
            }

            await stream.WriteAsync(buffer.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Only here is it certain that nobody reads the buffer any more: an answer may come before the request is sent.
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}

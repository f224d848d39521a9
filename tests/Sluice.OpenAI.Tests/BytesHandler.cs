using System.Net;

namespace Sluice.OpenAI.Tests;

/// <summary>Answers every request with the same bytes, in the pieces that it is told, and ends as it is told.</summary>
internal sealed class BytesHandler(IReadOnlyList<ReadOnlyMemory<byte>> pieces, Exception? end = null) : HttpMessageHandler
{
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string ContentType { get; init; } = "text/event-stream";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many answers were let go of.</summary>
    public int Closed { get; private set; }

    public static BytesHandler Of(string body) => new([System.Text.Encoding.UTF8.GetBytes(body)]);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = new HttpResponseMessage(Status) { Content = new StreamContent(new PiecesStream(this, pieces, end)), RequestMessage = request };
        response.Content.Headers.TryAddWithoutValidation("content-type", ContentType);
        foreach (var (name, value) in Headers) response.Headers.TryAddWithoutValidation(name, value);
        return Task.FromResult(response);
    }

    private sealed class PiecesStream(BytesHandler handler, IReadOnlyList<ReadOnlyMemory<byte>> pieces, Exception? end) : Stream
    {
        private int _piece;
        private int _offset;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            while (_piece < pieces.Count && _offset == pieces[_piece].Length) (_piece, _offset) = (_piece + 1, 0);
            if (_piece == pieces.Count) return end is null ? 0 : throw end;
            var length = Math.Min(buffer.Length, pieces[_piece].Length - _offset);
            pieces[_piece].Span.Slice(_offset, length).CopyTo(buffer);
            _offset += length;
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return new(Read(buffer.Span));
            }
            catch (IOException broken)
            {
                return ValueTask.FromException<int>(broken);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            handler.Closed++;
            base.Dispose(disposing);
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

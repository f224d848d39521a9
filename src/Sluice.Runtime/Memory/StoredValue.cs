using System.IO.Compression;

namespace Sluice.Runtime.Memory;

/// <summary>A reference's envelope and content. A longer life makes a new one that shares the content.</summary>
internal sealed class StoredValue
{
    /// <summary>Below this the dictionary of the compressor costs more than it saves.</summary>
    private const int SmallestCompressed = 1024;

    private readonly ByteChunks _content;
    private readonly bool _isCompressed;

    private StoredValue(ReferenceEnvelope envelope, ByteChunks content, bool isCompressed) =>
        (Envelope, _content, _isCompressed) = (envelope, content, isCompressed);

    public ReferenceEnvelope Envelope { get; }

    public long StoredBytes => _content.Length;

    public static async ValueTask<StoredValue> WriteAsync(
        ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        var content = new ByteChunks();
        var isCompressed = envelope.Bytes > SmallestCompressed;
        Stream target = new ChunkWriter(content);
        if (isCompressed) target = new BrotliStream(target, CompressionLevel.Fastest);
        await using (target.ConfigureAwait(false))
            await write(target, cancellationToken).ConfigureAwait(false);
        content.Trim();
        return new(envelope with { Glimpse = envelope.Glimpse.Owned() }, content, isCompressed);
    }

    public StoredValue WithLife(DateTimeOffset? expiresAt) =>
        new(Envelope with { ExpiresAt = expiresAt }, _content, _isCompressed);

    public Stream Open()
    {
        var stored = new ChunkReader(_content);
        return _isCompressed ? new BrotliStream(stored, CompressionMode.Decompress) : stored;
    }
}

namespace Sluice.Postgres.References;

/// <summary>Holds a value's stored bytes while they are written: in memory, or in a temporary file once they are many. One writer, then one reader.</summary>
internal sealed class Spool : Stream
{
    private const int MaxMemory = 1 << 20;
    private const int FileBuffer = 64 * 1024;

    private Stream _bytes = new MemoryStream();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _bytes.Length;

    public override long Position
    {
        get => _bytes.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads from a place on until the buffer is full or the bytes end.</summary>
    public ValueTask<int> ReadAtAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _bytes.Position = position;
        return _bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        MoveToFileFor(buffer.Length);
        _bytes.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        MoveToFileFor(buffer.Length);
        return _bytes.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush()
    {
        // Nothing outlives the process anyway.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _bytes.Dispose();
        base.Dispose(disposing);
    }

    private void MoveToFileFor(int count)
    {
        if (_bytes is not MemoryStream memory || memory.Length + count <= MaxMemory) return;
        var path = Path.Combine(Path.GetTempPath(), $"sluice-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = FileBuffer,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        memory.WriteTo(file);
        memory.Dispose();
        _bytes = file;
    }
}

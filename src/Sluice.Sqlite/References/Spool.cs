namespace Sluice.Sqlite.References;

/// <summary>A value's stored bytes before they are in the store, in chunks: the first ones in memory, the rest in a file that nobody else can open.</summary>
internal sealed class Spool(string folder) : IDisposable
{
    /// <summary>The size of every chunk but the last.</summary>
    public const int ChunkSize = 256 * 1024;

    private const int ChunksInMemory = 4;
    private const int SmallestBuffer = 512;

    private readonly List<byte[]> _chunks = [];
    private byte[] _last = [];
    private int _lastLength;
    private FileStream? _rest;

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_lastLength == ChunkSize) PutAway();
            if (_lastLength == _last.Length) Array.Resize(ref _last, Math.Clamp(_last.Length * 2, SmallestBuffer, ChunkSize));
            var taken = Math.Min(bytes.Length, _last.Length - _lastLength);
            bytes[..taken].CopyTo(_last.AsSpan(_lastLength));
            _lastLength += taken;
            Length += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>The chunks in order. Each is good until the next one; it may be read again from the first.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        foreach (var chunk in _chunks) yield return chunk;
        if (_rest is not null)
        {
            var buffer = new byte[ChunkSize];
            _rest.Position = 0;
            while (_rest.Position < _rest.Length)
            {
                _rest.ReadExactly(buffer);
                yield return buffer;
            }
        }

        if (_lastLength > 0) yield return _last.AsMemory(0, _lastLength);
    }

    public void Dispose() => _rest?.Dispose();

    private void PutAway()
    {
        if (_chunks.Count < ChunksInMemory)
        {
            _chunks.Add(_last);
            _last = new byte[ChunkSize];
        }
        else
        {
            WriteToFile(_last);
        }

        _lastLength = 0;
    }

    private void WriteToFile(byte[] chunk)
    {
        try
        {
            _rest ??= CreateFile();
            _rest.Write(chunk);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var code = e is IOException ? ErrorCodes.StoreFull : ErrorCodes.StoreUnavailable;
            throw new SluiceException(code, $"A large value could not be put into a file in '{folder}' on its way to the store: {e.Message}", e);
        }
    }

    /// <summary>Beside the store: what fits there for a moment fits there for good, and values do not get into folders that others read.</summary>
    private FileStream CreateFile()
    {
        var path = Path.Combine(folder, $".{Path.GetRandomFileName()}.spool");
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            creation.Options = FileOptions.DeleteOnClose;
            return new(path, creation);
        }

        creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, creation);
        // Without a name it is gone with the process, however that ends.
        File.Delete(path);
        return file;
    }
}

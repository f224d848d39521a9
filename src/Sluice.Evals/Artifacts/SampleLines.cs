namespace Sluice.Evals.Artifacts;

/// <summary>Reads the whole lines of a file, with their places. What follows the last line feed is no line.</summary>
internal sealed class SampleLines(FileStream file)
{
    private const int ChunkLength = 64 * 1024;
    private byte[] _buffer = new byte[ChunkLength];
    private int _start;
    private int _end;
    private long _position;

    /// <summary>Where the last whole line that was read ends.</summary>
    public long Position => _position;

    /// <summary>The next line without its line feed, valid until the next call; null after the last whole one.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                var line = _buffer.AsMemory(_start, length);
                _start += length + 1;
                _position += length + 1;
                return line;
            }

            searched = _end - _start;
            if (!Fill()) return null;
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = file.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}

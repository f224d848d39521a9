using Microsoft.Win32.SafeHandles;

namespace Sluice.Bench.Stores;

/// <summary>The least that durable can mean: a record at the end of a file, flushed to the disk before anything else.</summary>
internal sealed class SyncedFile(string path) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    private long _length;

    public void Append(ReadOnlySpan<byte> record)
    {
        RandomAccess.Write(_file, record, _length);
        _length += record.Length;
        RandomAccess.FlushToDisk(_file);
    }

    public void Dispose() => _file.Dispose();
}

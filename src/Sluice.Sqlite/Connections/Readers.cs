using System.Collections.Concurrent;

namespace Sluice.Sqlite.Connections;

/// <summary>Connections that read beside the writer. One reader uses one at a time; a few are kept.</summary>
internal sealed class Readers(StoreFile file) : IDisposable
{
    private readonly ConcurrentStack<Connection> _idle = new();
    private readonly int _kept = Math.Max(4, Environment.ProcessorCount);
    private volatile bool _isClosed;

    /// <summary>Reads what was committed before the call, and perhaps more. It must be over when it returns.</summary>
    /// <param name="read">What to read; called again from its start when the engine had no memory.</param>
    public T Read<T>(Func<Connection, T> read)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(SqliteStorage));
        try
        {
            return ReadOnce(read);
        }
        catch (EngineMemoryException)
        {
            using (EngineMemory.Instance.Relieve()) return ReadOnce(read);
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var connection)) connection.Dispose();
    }

    private T ReadOnce<T>(Func<Connection, T> read)
    {
        if (!_idle.TryPop(out var connection)) connection = Open();
        try
        {
            var result = read(connection);
            Keep(connection);
            return result;
        }
        catch (Exception)
        {
            // A statement may be left in the middle, and the file may be another one by now.
            connection.Dispose();
            throw;
        }
    }

    private Connection Open()
    {
        var connection = file.Open();
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    private void Keep(Connection connection)
    {
        if (_isClosed || _idle.Count >= _kept)
        {
            connection.Dispose();
            return;
        }

        _idle.Push(connection);
        if (_isClosed) Dispose();
    }
}

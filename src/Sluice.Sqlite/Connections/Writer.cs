namespace Sluice.Sqlite.Connections;

/// <summary>The connection that writes. Only the loop of the <see cref="WriteQueue"/> uses it.</summary>
internal sealed class Writer(StoreFile file) : IDisposable
{
    private Connection? _connection = file.Open();

    /// <summary>Counts the commits of other connections.</summary>
    public long ReadDataVersion() => Opened().Number("PRAGMA data_version");

    /// <summary>Does all of these in one transaction, or none.</summary>
    /// <exception cref="SluiceException">The file cannot be locked or written, or an operation was refused.</exception>
    public void Commit(ReadOnlySpan<WriteOperation> group)
    {
        try
        {
            CommitOnce(group);
        }
        catch (EngineMemoryException)
        {
            using (EngineMemory.Instance.Relieve()) CommitOnce(group);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private void CommitOnce(ReadOnlySpan<WriteOperation> group)
    {
        var connection = Opened();
        try
        {
            connection.Prepare("BEGIN IMMEDIATE").Execute();
            foreach (var operation in group) operation.Run(connection);
            connection.Prepare("COMMIT").Execute();
        }
        catch (Exception e)
        {
            RollBack(connection, e);
            throw;
        }
    }

    /// <summary>Opens anew after a failure that the connection may not get over; that fails too for as long as its cause stays.</summary>
    private Connection Opened() => _connection ??= file.Open();

    private void RollBack(Connection connection, Exception cause)
    {
        try
        {
            if (connection.IsInTransaction) connection.Execute("ROLLBACK");
            if (cause is not SluiceException { Code: ErrorCodes.StoreUnavailable }) return;
        }
        catch (SluiceException)
        {
            // What cannot be rolled back ends with the connection, as it would with the process. The caller hears the first failure.
        }

        _connection = null;
        connection.Dispose();
    }
}

namespace Sluice.Sqlite.Connections;

/// <summary>Something to do within a transaction, and what comes of it after the commit.</summary>
internal abstract class WriteOperation
{
    /// <summary>Looks and writes. It may be called again after a roll-back.</summary>
    public abstract void Run(Connection connection);

    /// <summary>Tells the caller that it is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was written.</summary>
    public abstract void Fail(Exception exception);
}

namespace Sluice.Sqlite.Connections;

/// <summary>The engine got no memory. What was begun is rolled back.</summary>
internal sealed class EngineMemoryException : SluiceException
{
    public EngineMemoryException(string path)
        : base(ErrorCodes.StoreUnavailable, $"There is no memory left to work with the store '{path}': nothing was written. Free memory and try again.") => Retryable = true;
}

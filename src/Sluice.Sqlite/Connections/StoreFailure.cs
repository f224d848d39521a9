using SQLitePCL;

namespace Sluice.Sqlite.Connections;

/// <summary>What SQLite reports, as errors that say what to do.</summary>
internal static class StoreFailure
{
    private const int PrimaryCode = 0xFF;

    public static bool IsMemory(int rc) => (rc & PrimaryCode) == raw.SQLITE_NOMEM || rc == raw.SQLITE_IOERR_NOMEM;

    public static SluiceException Of(string path, int rc, string report) => IsMemory(rc) ? new EngineMemoryException(path) : Other(path, rc, report);

    private static SluiceException Other(string path, int rc, string report) => (rc & PrimaryCode) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            ErrorCodes.StoreBusy, $"Another process holds the store '{path}' and did not let go in time. Try again; if it stays so, look for a program that keeps a transaction open.")
        {
            Retryable = true,
        },
        raw.SQLITE_FULL => new(ErrorCodes.StoreFull, $"There is no space left for the store '{path}': nothing was written. Free space on its disk and try again."),
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => new(
            ErrorCodes.StoreUnavailable, $"'{path}' is not a database that can be read ({report}). Give another path, or restore the file from a backup."),
        raw.SQLITE_READONLY => new(ErrorCodes.StoreUnavailable, $"The store '{path}' cannot be written to ({report}). Check the rights of the file and its folder."),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_IOERR => new(
            ErrorCodes.StoreUnavailable, $"The store '{path}' cannot be read or written ({report}, code {rc}). Check the disk, and the rights of the file and its folder."),
        _ => new(ErrorCodes.Internal, $"SQLite refused a statement on the store '{path}': {report} (code {rc})."),
    };
}

using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Connections;

/// <summary>Where the store is and how its connections are set up.</summary>
internal sealed class StoreFile(string path, SqliteStorageOptions options, Migrator migrator)
{
    /// <summary>"SLUI": runtime storage.</summary>
    public const int ApplicationId = 0x534C5549;

    /// <summary>"SLUD": catalogs and key-value stores.</summary>
    public const int DataApplicationId = 0x534C5544;

    /// <summary>Above this the log is cut back once it was emptied: a large value makes it large once.</summary>
    private const int KeptLogBytes = 64 << 20;

    private static readonly Lock Creation = new();

    public string Path { get; } = path;

    /// <summary>A connection to a store that this build can work with.</summary>
    /// <exception cref="SluiceException">The file is gone, is another one, or has another schema.</exception>
    public Connection Open()
    {
        var connection = Connection.Open(Path, options.BusyTimeout);
        try
        {
            migrator.RequireCurrent(connection);
            SetUp(connection);
            return connection;
        }
        catch (SluiceException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to whatever is there; a file is made when there is none and that is meant.</summary>
    /// <exception cref="SluiceException">It cannot be opened for writing.</exception>
    public Connection Prepare(bool mayCreate)
    {
        RequireFile(mayCreate);
        var connection = Connection.Open(Path, options.BusyTimeout);
        if (!connection.IsReadOnly) return connection;
        connection.Dispose();
        throw new SluiceException(ErrorCodes.StoreUnavailable, $"The store '{Path}' can only be read. Give its owner the right to write, or copy it.");
    }

    private void RequireFile(bool mayCreate)
    {
        if (Directory.Exists(Path)) throw Unavailable("is a folder. Give the path of a file");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path))) throw Unavailable("is in a folder that does not exist. Create the folder first");
        // Closing a file lets go of all locks that this process has on it: nobody here may have it open before it is made.
        lock (Creation)
        {
            if (File.Exists(Path)) return;
            if (!mayCreate) throw Unavailable("does not exist. Check the path");
            Create();
        }
    }

    /// <summary>It holds the keys that seal decisions: on Unix only its owner may open it, and SQLite gives its log the same rights.</summary>
    private void Create()
    {
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(Path, creation).Dispose();
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Somebody else was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"cannot be created ({e.Message}). Check the rights of its folder", e);
        }
    }

    private SluiceException Unavailable(string problem, Exception? cause = null) =>
        new(ErrorCodes.StoreUnavailable, $"The store '{Path}' {problem}.", cause);

    private void SetUp(Connection connection)
    {
        var synchronous = options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL";
        connection.Execute($"PRAGMA synchronous = {synchronous}; PRAGMA journal_size_limit = {KeptLogBytes}; PRAGMA temp_store = MEMORY;");
    }
}

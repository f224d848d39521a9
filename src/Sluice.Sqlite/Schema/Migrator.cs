using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Schema;

/// <summary>The scripts that make the schema of one kind of file, by version from 1. A file says in its header which kind and version it is.</summary>
internal sealed class Migrator(IReadOnlyList<string> scripts, int applicationId = StoreFile.ApplicationId)
{
    /// <summary>The schema of runtime storage.</summary>
    public static Migrator Default { get; } = new([Read("001.sql"), Read("002.sql")]);

    /// <summary>The schema of catalogs and key-value stores.</summary>
    public static Migrator Data { get; } = new([Read("data.001.sql")], StoreFile.DataApplicationId);

    /// <summary>The schema of search indexes.</summary>
    public static Migrator Search { get; } = new([Read("search.001.sql")], StoreFile.SearchApplicationId);

    public int Version => scripts.Count;

    /// <summary>Makes the schema of a file that has nothing in it yet, and requires the current one of any other.</summary>
    /// <exception cref="SluiceException">The file is no store, or has another schema.</exception>
    public void CreateOrRequireCurrent(Connection connection)
    {
        if (IsEmpty(connection)) Apply(connection);
        RequireCurrent(connection);
    }

    /// <summary>Requires a store of the current schema.</summary>
    /// <exception cref="SluiceException">The file is no store, or has another schema.</exception>
    public void RequireCurrent(Connection connection)
    {
        RequireStore(connection);
        var version = VersionOf(connection);
        if (version == Version) return;
        var way = version < Version ? "Bring it there with SqliteStorage.Migrate. The command 'sluice store migrate' does that." : "Use the version of Sluice that wrote it, or a newer one.";
        throw new SluiceException(ErrorCodes.StoreSchema, $"The store '{connection.Path}' has schema {version}; this build works with {Version}. {way}");
    }

    /// <summary>Brings a store, or an empty file, to the current schema, one version at a time.</summary>
    /// <exception cref="SluiceException">The file is no store, or its schema is newer.</exception>
    public SqliteMigration Migrate(Connection connection)
    {
        if (!IsEmpty(connection)) RequireStore(connection);
        if (VersionOf(connection) > Version) RequireCurrent(connection);
        return new(Apply(connection), Version);
    }

    private static bool IsEmpty(Connection connection) =>
        connection.Number("PRAGMA application_id") == 0 && VersionOf(connection) == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0;

    private static int VersionOf(Connection connection) => (int)connection.Number("PRAGMA user_version");

    private void RequireStore(Connection connection)
    {
        var found = connection.Number("PRAGMA application_id");
        if (found == applicationId) return;
        var owner = found is StoreFile.ApplicationId or StoreFile.DataApplicationId or StoreFile.SearchApplicationId
            ? $"holds {ContentOf((int)found)} of Sluice, not {ContentOf(applicationId)}"
            : "is a database of another program, not a Sluice store";
        throw new SluiceException(ErrorCodes.StoreSchema, $"'{connection.Path}' {owner}. Give another path.");
    }

    private static string ContentOf(int application) => application switch
    {
        StoreFile.DataApplicationId => "a catalog or key-value store",
        StoreFile.SearchApplicationId => "a search index",
        _ => "the runs",
    };

    /// <summary>Another process may be at it too, so what is left to do is known only under the lock.</summary>
    /// <returns>The version that was found.</returns>
    private int Apply(Connection connection)
    {
        var mode = connection.Text("PRAGMA journal_mode = WAL");
        if (mode != "wal")
            throw new SluiceException(ErrorCodes.StoreUnavailable, $"The store '{connection.Path}' cannot use a write-ahead log (it stays with '{mode}'). Put it on a local disk.");
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var found = VersionOf(connection);
            for (var version = found; version < Version; version++) connection.Execute(scripts[version]);
            if (found < Version) connection.Execute($"PRAGMA application_id = {applicationId}; PRAGMA user_version = {Version}");
            connection.Execute("COMMIT");
            return found;
        }
        catch (SluiceException) when (connection.IsInTransaction)
        {
            connection.Execute("ROLLBACK");
            throw;
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

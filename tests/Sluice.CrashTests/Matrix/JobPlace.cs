using Sluice.CrashTests.Children;

namespace Sluice.CrashTests.Matrix;

/// <summary>Where one life of the job is: its store, and a folder for its ledger.</summary>
internal sealed record JobPlace(string Store, string Folder)
{
    public string LedgerPath => Path.Combine(Folder, "ledger");

    public string TracePath => Path.Combine(Folder, "trace");

    public static JobPlace InSqlite(string folder) => new(StoreAddress.OfSqlite(Path.Combine(folder, "sluice.db")), folder);

    /// <summary>Each life has a schema of its own.</summary>
    public static JobPlace InPostgres(string connectionString, string folder) =>
        new(StoreAddress.OfPostgres(connectionString, Path.GetFileName(folder).Replace('-', '_')), folder);
}

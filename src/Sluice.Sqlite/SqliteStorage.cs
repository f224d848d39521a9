using Sluice.Sqlite.Approvals;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Journal;
using Sluice.Sqlite.Leases;
using Sluice.Sqlite.Plans;
using Sluice.Sqlite.References;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Threads;
using Sluice.Storage;

namespace Sluice;

/// <summary>Storage in one SQLite file, which several processes of one machine may have open at once.</summary>
/// <remarks>
/// A completed write survives the end of the process at any moment; with <see cref="SqliteSynchronous.Full"/> a power loss too. All
/// operations report what they cannot do as <see cref="SluiceException"/>: <see cref="ErrorCodes.StoreBusy"/>,
/// <see cref="ErrorCodes.StoreFull"/>, <see cref="ErrorCodes.StoreUnavailable"/>; the storage stays usable and goes on once the cause is gone.
/// </remarks>
public sealed class SqliteStorage : IRuntimeStorage
{
    /// <summary>After so many places it is clear that the file is to be restored.</summary>
    private const int MostDamage = 20;

    private readonly Store _store;

    private SqliteStorage(Store store)
    {
        _store = store;
        Journal = new SqliteJournalStore(store);
        Plans = new SqlitePlanStore(store);
        Approvals = new SqliteApprovalStore(store);
        References = new SqliteReferenceStore(store);
        Threads = new SqliteThreadStore(store);
        Leases = new SqliteLeaseStore(store);
    }

    /// <inheritdoc/>
    public IJournalStore Journal { get; }

    /// <inheritdoc/>
    public IPlanStore Plans { get; }

    /// <inheritdoc/>
    public IApprovalStore Approvals { get; }

    /// <inheritdoc/>
    public IReferenceStore References { get; }

    /// <inheritdoc/>
    public IThreadStore Threads { get; }

    /// <inheritdoc/>
    public ILeaseStore Leases { get; }

    /// <summary>Opens a store. A file that does not exist, or is empty, becomes one; on Unix only its owner may read and write it.</summary>
    /// <param name="path">The file. Two more stand beside it while it is open: <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="options">How to work.</param>
    /// <exception cref="SluiceException">
    /// <see cref="ErrorCodes.StoreUnavailable"/>: it cannot be opened or written. <see cref="ErrorCodes.StoreSchema"/>: it is no store, or of
    /// another version. <see cref="ErrorCodes.StoreBusy"/>: another process holds it.
    /// </exception>
    public static SqliteStorage Open(string path, SqliteStorageOptions? options = null)
    {
        var file = FileAt(path, options ?? new());
        return EngineMemory.Instance.Assure(() =>
        {
            using (var connection = file.Prepare(mayCreate: true)) Migrator.Default.CreateOrRequireCurrent(connection);
            return new SqliteStorage(new(file));
        });
    }

    /// <summary>Brings a store of an older version to the schema of this one. Stop the programs that have it open first.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The schema it had and the one it has now.</returns>
    /// <exception cref="SluiceException">
    /// <see cref="ErrorCodes.StoreUnavailable"/>: it does not exist or cannot be written. <see cref="ErrorCodes.StoreSchema"/>: it is no
    /// store, or newer. <see cref="ErrorCodes.StoreBusy"/>: another process holds it.
    /// </exception>
    public static SqliteMigration Migrate(string path)
    {
        var file = FileAt(path, new());
        return EngineMemory.Instance.Assure(() =>
        {
            using var connection = file.Prepare(mayCreate: false);
            return Migrator.Default.Migrate(connection);
        });
    }

    /// <summary>Has the engine look at every page, row and index of a store, and tell the damage. Nothing is made or changed; it reads the whole file.</summary>
    /// <exception cref="SluiceException">The file does not exist, is no store, is of another version, or is damaged too much to look at.</exception>
    internal static IReadOnlyList<string> FindDamage(string path)
    {
        var file = FileAt(path, new());
        return EngineMemory.Instance.Assure<IReadOnlyList<string>>(() =>
        {
            using var connection = file.Prepare(mayCreate: false);
            Migrator.Default.RequireCurrent(connection);
            using var check = connection.Prepare($"PRAGMA integrity_check({MostDamage})");
            var found = new List<string>();
            while (check.Step()) found.Add(check.Text(0));
            return found is ["ok"] ? [] : found;
        });
    }

    /// <summary>Completes when everything that was asked for is written and the file is closed.</summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static StoreFile FileAt(string path, SqliteStorageOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(Path.GetFullPath(path), options, Migrator.Default);
    }
}

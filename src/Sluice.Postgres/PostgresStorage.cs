using Sluice.Postgres.Approvals;
using Sluice.Postgres.Connections;
using Sluice.Postgres.Journal;
using Sluice.Postgres.Leases;
using Sluice.Postgres.Plans;
using Sluice.Postgres.References;
using Sluice.Postgres.Schema;
using Sluice.Postgres.Threads;
using Sluice.Postgres.Waiting;
using Sluice.Storage;

namespace Sluice;

/// <summary>Storage in a PostgreSQL database, version 13 or later, for any number of processes at once. What it says is stored is committed.</summary>
/// <remarks>
/// While the server is away operations try again for <see cref="PostgresStorageOptions.RetryFor"/>; a change that may have been applied
/// before is recognised and not made twice.
/// </remarks>
public sealed class PostgresStorage : IRuntimeStorage
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Database _database;
    private readonly Waiters _waiters;
    private readonly AppendQueue _appends;

    private PostgresStorage(Npgsql.NpgsqlConnectionStringBuilder settings, PostgresStorageOptions options, TimeProvider time)
    {
        _database = new(settings, options, time);
        _waiters = new(
            _database,
            options.UseNotifications ? new Listener(settings, options.Schema, time) : null,
            options.UseNotifications ? new Announcer(_database, options.Schema) : null,
            new(_database, time, options.PollInterval));
        _appends = new(_database, _waiters);
        Journal = new PostgresJournalStore(_database, _appends, _waiters);
        Plans = new PostgresPlanStore(_database);
        Approvals = new PostgresApprovalStore(_database, _waiters);
        References = new PostgresReferenceStore(_database, new(_database));
        Threads = new PostgresThreadStore(_database);
        Leases = new PostgresLeaseStore(_database);
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

    /// <summary>Opens the storage, and makes its schema when the database has none. Never migrates an older one.</summary>
    /// <param name="connectionString">
    /// The driver's: <c>Host=…;Port=…;Username=…;Password=…;Database=…</c>. The pool has 20 connections unless it says otherwise.
    /// </param>
    /// <param name="options">How to use the database; null: the defaults.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or an option is out of range.</exception>
    /// <exception cref="SluiceException">
    /// <see cref="ErrorCodes.StoreUnavailable"/>: the server cannot be reached or refuses the role. <see cref="ErrorCodes.StoreSchema"/>: the
    /// schema is older or newer than this build reads.
    /// </exception>
    public static PostgresStorage Open(string connectionString, PostgresStorageOptions? options = null) =>
        Open(connectionString, options ?? new(), SchemaScripts.Embedded, TimeProvider.System);

    /// <summary>Makes the schema or brings it to this build's version; does nothing when it is there. Other processes wait meanwhile.</summary>
    /// <param name="connectionString">As in <see cref="Open(string, PostgresStorageOptions?)"/>. Its role must own the schema, or be allowed to create it.</param>
    /// <param name="options">Names the schema; null: the default.</param>
    /// <returns>The version that was found, 0 for none, and the version that is there now.</returns>
    /// <exception cref="ArgumentException">The connection string cannot be read, or an option is out of range.</exception>
    /// <exception cref="SluiceException">The server cannot be reached or refuses the role, or the schema is newer than this build.</exception>
    public static (int From, int To) Migrate(string connectionString, PostgresStorageOptions? options = null) =>
        Migrate(connectionString, options ?? new(), SchemaScripts.Embedded);

    /// <summary>Whether the database has a store, of whatever version. None is made.</summary>
    internal static bool Exists(string connectionString) => GuardOf(connectionString).IsThere();

    /// <summary>What keeps this build from working with a store, in sentences. Nothing is made or changed.</summary>
    /// <exception cref="SluiceException">The schema is not there or is of another version, or the server cannot be reached.</exception>
    internal static IReadOnlyList<string> FindProblems(string connectionString) =>
        [.. GuardOf(connectionString).FindForbiddenTables().Select(table => $"The role may not read and write the table '{table}'. Grant it select, insert, update and delete.")];

    internal static PostgresStorage Open(string connectionString, PostgresStorageOptions options, SchemaScripts scripts, TimeProvider time)
    {
        Check(options);
        var settings = ConnectionText.Parse(connectionString);
        new SchemaGuard(settings, options.Schema, scripts).Check();
        return new(settings, options, time);
    }

    internal static (int From, int To) Migrate(string connectionString, PostgresStorageOptions options, SchemaScripts scripts)
    {
        Check(options);
        return new SchemaGuard(ConnectionText.Parse(connectionString), options.Schema, scripts).Migrate();
    }

    /// <summary>Waits for what is being written, and closes all connections. Whoever waits for something is woken.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appends.DisposeAsync().ConfigureAwait(false);
        await _waiters.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private static SchemaGuard GuardOf(string connectionString) => new(ConnectionText.Parse(connectionString), new PostgresStorageOptions().Schema, SchemaScripts.Embedded);

    private static void Check(PostgresStorageOptions options)
    {
        if (!SchemaName.IsValid(options.Schema)) throw new ArgumentException($"'{options.Schema}' is no schema name: {SchemaName.Rule}.", nameof(options));
        if (options.PollInterval < ShortestPoll || options.PollInterval > Longest)
            throw new ArgumentOutOfRangeException(nameof(options), options.PollInterval, "The poll interval is from 10 ms to 1 h.");
        if (options.RetryFor < TimeSpan.Zero || options.RetryFor > Longest)
            throw new ArgumentOutOfRangeException(nameof(options), options.RetryFor, "Operations try again for 0 to 1 h.");
    }
}

using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Catalog;
using Sluice.Postgres.Connections;
using Sluice.Postgres.KeyValue;
using Sluice.Postgres.TargetDatabase;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice;

/// <summary>The kind <c>postgres</c> of data environments, version 13 or later: databases that agents read, catalogs, and bodies of documents.</summary>
/// <remarks>
/// <para>Addresses have the form <c>postgres://user:password@host:port/database?sslmode=…</c>. No error shows a password.</para>
/// <para>Log in to a target database as a role that may only SELECT: every other layer works for any role, and this one works without us.</para>
/// <para>Catalogs and key-value stores may be open in any number of processes, also behind a pooler that hands out a connection for one
/// transaction. While the server is away calls try again for 15 seconds, then fail with <c>store_unavailable</c>, which is retryable. A removal whose
/// answer was lost is sent again, and tells what it removed the second time.</para>
/// </remarks>
public sealed class PostgresDataProvider : IDataProvider
{
    private readonly GuardLayers _layers;
    private readonly TimeProvider _time;

    /// <summary>Creates the provider.</summary>
    public PostgresDataProvider()
        : this(GuardLayers.All, TimeProvider.System)
    {
    }

    internal PostgresDataProvider(GuardLayers layers, TimeProvider time) => (_layers, _time) = (layers, time);

    /// <inheritdoc/>
    public string Kind => "postgres";

    /// <inheritdoc/>
    public DataParts Parts => DataParts.TargetDatabase | DataParts.Catalog | DataParts.KeyValue;

    /// <inheritdoc/>
    /// <exception cref="SluiceException">
    /// The address or the guard's session settings cannot be read (<see cref="ErrorCodes.InvalidDataEnvironment"/>), the server cannot be reached
    /// (<see cref="ErrorCodes.StoreUnavailable"/>), or the role may do more than read and the guard refuses that
    /// (<see cref="ErrorCodes.QueryRefused"/>).
    /// </exception>
    public async Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(guard);
        var settings = PostgresUrl.Read(source.Url);
        var reach = new Reach(guard, source.Schema);
        var database = new PostgresTargetDatabase(
            NpgsqlDataSource.Create(settings), reach, _layers, _time, ConnectionText.Describe(settings));
        try
        {
            var warnings = await database.CheckRoleAsync(cancellationToken).ConfigureAwait(false);
            if (guard.RefusePrivilegedRole && warnings.Count > 0) throw Refused(settings, warnings);
            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a catalog store, in a schema that a key-value store may share; <c>sluice_data</c> when the source names none.</summary>
    /// <param name="source">Where it is. With <see cref="DataSource.EnsureSchema"/> a schema that is not there is made; several processes may do so at once.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <exception cref="SluiceException">
    /// <c>invalid_data_environment</c>: the address or the schema's name cannot be read. <c>store_unavailable</c>: the server cannot be reached or
    /// refuses the role. <c>store_schema</c>: what is there is of another version, or nothing is there and may not be made; the message says what to run.
    /// </exception>
    public async Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PostgresCatalogStore(await DataDatabase.OpenAsync(source, _time, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Opens a key-value store, in a schema that a catalog may share; <c>sluice_data</c> when the source names none.</summary>
    /// <param name="source">Where it is. The prefix keeps the keys of environments apart that share the schema.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <exception cref="SluiceException">As <see cref="OpenCatalogAsync"/>.</exception>
    public async Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PostgresKeyValueStore(await DataDatabase.OpenAsync(source, _time, cancellationToken).ConfigureAwait(false));
    }

    private static SluiceException Refused(NpgsqlConnectionStringBuilder settings, IReadOnlyList<TargetDatabaseWarning> warnings) => new(
        ErrorCodes.QueryRefused,
        $"The role of {ConnectionText.Describe(settings)} may do more than read: {string.Join(" ", warnings.Select(warning => $"[{warning.Code}] {warning.Message}"))}");
}

using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Connections;
using Sluice.Postgres.TargetDatabase;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice;

/// <summary>Opens PostgreSQL databases, version 13 or later, for agents to read.</summary>
/// <remarks>
/// Addresses have the form <c>postgres://user:password@host:port/database?sslmode=…</c>. Log in as a role that may only SELECT: every other
/// layer works for any role, and this one works without us.
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
    public DataParts Parts => DataParts.TargetDatabase;

    /// <inheritdoc/>
    /// <exception cref="SluiceException">
    /// The address cannot be read (<see cref="ErrorCodes.InvalidDataEnvironment"/>), the server cannot be reached
    /// (<see cref="ErrorCodes.StoreUnavailable"/>), or the role may do more than read and the guard refuses that
    /// (<see cref="ErrorCodes.QueryRefused"/>).
    /// </exception>
    public async Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(guard);
        var settings = PostgresUrl.Read(source.Url);
        var database = new PostgresTargetDatabase(
            NpgsqlDataSource.Create(settings), new Reach(guard, source.Schema), _layers, _time, ConnectionText.Describe(settings));
        try
        {
            var warnings = await database.CheckAsync(cancellationToken).ConfigureAwait(false);
            if (guard.RefusePrivilegedRole && warnings.Count > 0) throw Refused(settings, warnings);
            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PostgreSQL has no catalog store here yet. Use another kind for the catalog.");

    /// <inheritdoc/>
    public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PostgreSQL has no key-value store here yet. Use another kind for documents.");

    private static SluiceException Refused(NpgsqlConnectionStringBuilder settings, IReadOnlyList<TargetDatabaseWarning> warnings) => new(
        ErrorCodes.QueryRefused,
        $"The role of {ConnectionText.Describe(settings)} may do more than read: {string.Join(" ", warnings.Select(warning => $"[{warning.Code}] {warning.Message}"))}");
}

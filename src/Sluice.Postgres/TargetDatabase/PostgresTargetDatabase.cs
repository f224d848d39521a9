using Npgsql;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Describing;
using Sluice.Postgres.TargetDatabase.Gates;
using Sluice.Postgres.TargetDatabase.Lexing;
using Sluice.Postgres.TargetDatabase.Rows;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Takes each query through the layers: characters, kind, transaction, functions, plan, capped rows, reset.</summary>
internal sealed class PostgresTargetDatabase : ITargetDatabase
{
    private static readonly TimeSpan DescribeTimeout = TimeSpan.FromSeconds(60);

    private readonly NpgsqlDataSource _source;
    private readonly Reach _reach;
    private readonly GuardLayers _layers;
    private readonly TimeProvider _time;
    private readonly string _server;
    private readonly FunctionGate _functions;
    private readonly PlanGate _plans;

    public PostgresTargetDatabase(NpgsqlDataSource source, Reach reach, GuardLayers layers, TimeProvider time, string server)
    {
        (_source, _reach, _layers, _time, _server) = (source, reach, layers, time, server);
        (_functions, _plans) = (new(reach), new(reach));
    }

    public string Kind => "postgres";

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        if (Has(GuardLayers.Characters)) QueryText.Check(query.Sql, "The statement");
        var statement = SqlStatement.Read(query.Sql, Has(GuardLayers.StatementKind));
        if (statement.IsExplain && !_reach.Settings.IsEmpty)
            throw new QueryException(ErrorCodes.QueryRefused, "explain_estimates", "EXPLAIN is not run here: its estimates are of rows that may not be read. Run the statement itself.");
        var parameters = QueryParameters.Bind(statement, query.Parameters);
        var clock = new QueryClock(query.Timeout, Has(GuardLayers.Limits), _time, _server);
        try
        {
            return await clock.RunAsync(token => OpenAsync(clock, query, statement, parameters, token), cancellationToken).ConfigureAwait(false);
        }
        catch (QueryException e)
        {
            clock.Dispose();
            throw await ExplainAsync(e, statement, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            clock.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) =>
        InSessionAsync(session => new SchemaReader(_reach).ReadAsync(session.Connection, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken)
    {
        var ofRole = await CheckRoleAsync(cancellationToken).ConfigureAwait(false);
        if (_reach.Settings.IsEmpty) return ofRole;
        var ofRows = await InSessionAsync(session => RowSecurityCheck.RunAsync(session.Connection, _reach, cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. ofRole, .. ofRows];
    }

    /// <summary>What the role may do besides reading.</summary>
    public Task<IReadOnlyList<TargetDatabaseWarning>> CheckRoleAsync(CancellationToken cancellationToken) =>
        InSessionAsync(session => RoleCheck.RunAsync(session.Connection, cancellationToken), cancellationToken);

    private async Task<T> InSessionAsync<T>(Func<ReadSession, Task<T>> read, CancellationToken cancellationToken)
    {
        using var clock = new QueryClock(DescribeTimeout, isLimited: true, _time, _server);
        return await clock.RunAsync(
            async token =>
            {
                var session = await ReadSession.OpenAsync(_source, _reach, DescribeTimeout, _layers, _time, token).ConfigureAwait(false);
                await using (session.ConfigureAwait(false)) return await read(session).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<IQueryRows> OpenAsync(
        QueryClock clock, ReadOnlyQuery query, SqlStatement statement, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        var session = await ReadSession.OpenAsync(_source, _reach, query.Timeout, _layers, _time, cancellationToken).ConfigureAwait(false);
        try
        {
            if (Has(GuardLayers.Functions))
                _functions.Check(statement, await CatalogFacts.ReadAsync(session.Connection, statement, cancellationToken).ConfigureAwait(false));
            if (Has(GuardLayers.Plan)) await CheckPlanAsync(session, statement, parameters, cancellationToken).ConfigureAwait(false);
            var described = await ResultStatement.DescribeAsync(session, statement, parameters, cancellationToken).ConfigureAwait(false);
            return await PostgresQueryRows.OpenAsync(session, clock, Capped(query), described, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CheckPlanAsync(
        ReadSession session, SqlStatement statement, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        var batch = session.CreateBatch($"{ErrorPlace.PlanPrefix}{statement.Inner}", parameters);
        await using (batch.ConfigureAwait(false))
        {
            var json = (string)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            var plan = QueryPlan.Read(json);
            _plans.Check(statement, plan, await RelationOrigins.ReadAsync(session.Connection, statement, plan, _reach, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Adds what was probably meant to an error about an unknown name.</summary>
    private async Task<QueryException> ExplainAsync(QueryException error, SqlStatement statement, CancellationToken cancellationToken)
    {
        if (ErrorPlace.FindName(error, statement) is not { } name) return error;
        try
        {
            return await InSessionAsync(session => NearestNames.AddAsync(error, name, statement, session.Connection, _reach, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (SluiceException)
        {
            // The error that is to be explained matters more than one on the way to its explanation.
            return error;
        }
    }

    private ReadOnlyQuery Capped(ReadOnlyQuery query) => Has(GuardLayers.Caps)
        ? query
        : query with { MaxRows = int.MaxValue, MaxBytes = long.MaxValue, MaxValueBytes = int.MaxValue };

    private bool Has(GuardLayers layer) => _layers.HasFlag(layer);

    private static void Check(ReadOnlyQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.MaxRows, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.MaxBytes, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.MaxValueBytes, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Timeout, TimeSpan.Zero, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Timeout, TimeSpan.FromDays(1), nameof(query));
    }
}

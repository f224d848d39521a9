using System.Data;
using Npgsql;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>A connection in a transaction that reads, for one call. Giving it back leaves nothing of the call, or gives it up.</summary>
internal sealed class ReadSession : IAsyncDisposable
{
    private const int LockTimeout = 2_000;
    private const int IdleMargin = 60_000;
    private static readonly TimeSpan ResetTimeout = TimeSpan.FromSeconds(5);

    private readonly NpgsqlConnection _connection;
    private readonly GuardLayers _layers;
    private readonly TimeProvider _time;

    private ReadSession(NpgsqlConnection connection, GuardLayers layers, TimeProvider time) => (_connection, _layers, _time) = (connection, layers, time);

    public NpgsqlConnection Connection => _connection;

    public static async Task<ReadSession> OpenAsync(
        NpgsqlDataSource source, Reach reach, TimeSpan timeout, GuardLayers layers, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new ReadSession(await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), layers, time);
        try
        {
            await session.BeginAsync(reach, timeout, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>One statement, which the protocol keeps one: the server refuses a text that holds another.</summary>
    public NpgsqlBatch CreateBatch(string sql, IReadOnlyList<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
        return new(_connection) { BatchCommands = { command } };
    }

    public async ValueTask DisposeAsync()
    {
        await using (_connection.ConfigureAwait(false))
        {
            if (_connection.FullState.HasFlag(ConnectionState.Broken) || _connection.State == ConnectionState.Closed) return;
            if (!await TryResetAsync().ConfigureAwait(false)) await GiveUpAsync().ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(Reach reach, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(_connection) { BatchCommands = { new("begin") } };
        await using (batch.ConfigureAwait(false))
        {
            foreach (var statement in Settings(reach, (long)Math.Ceiling(timeout.TotalMilliseconds))) batch.BatchCommands.Add(new(statement));
            foreach (var command in reach.Settings.Commands()) batch.BatchCommands.Add(command);
            if (_layers.HasFlag(GuardLayers.FirstQuery)) batch.BatchCommands.Add(new("select 1"));
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private IEnumerable<string> Settings(Reach reach, long timeout)
    {
        if (_layers.HasFlag(GuardLayers.ReadOnly)) yield return "set transaction read only";
        if (_layers.HasFlag(GuardLayers.Limits))
        {
            yield return $"set local statement_timeout = {timeout}";
            yield return $"set local lock_timeout = {Math.Min(timeout, LockTimeout)}";
            yield return $"set local idle_in_transaction_session_timeout = {timeout + IdleMargin}";
            yield return "set local work_mem = '32MB'";
        }

        yield return $"set local search_path = {reach.SearchPath}";
        // The lexer reads texts as the standard has them.
        yield return "set local standard_conforming_strings = on";
    }

    /// <summary>Each is a transaction of its own: the second is not allowed within one.</summary>
    private async Task<bool> TryResetAsync()
    {
        using var limit = new CancellationTokenSource(ResetTimeout, _time);
        var batch = new NpgsqlBatch(_connection) { EnableErrorBarriers = true, BatchCommands = { new("rollback") } };
        await using (batch.ConfigureAwait(false))
        {
            if (_layers.HasFlag(GuardLayers.Reset)) batch.BatchCommands.Add(new("discard all"));
            try
            {
                await batch.ExecuteNonQueryAsync(limit.Token).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException || ReadFailures.IsOfServer(e))
            {
                return false;
            }
        }
    }

    /// <summary>The pool takes back what is not broken, so a session that could not be reset ends itself in the server.</summary>
    private async Task GiveUpAsync()
    {
        using var limit = new CancellationTokenSource(ResetTimeout, _time);
        var batch = new NpgsqlBatch(_connection) { BatchCommands = { new("select pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())") } };
        await using (batch.ConfigureAwait(false))
        {
            try
            {
                await batch.ExecuteNonQueryAsync(limit.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException || ReadFailures.IsOfServer(e))
            {
                // The connection broke, which was the purpose.
            }
        }
    }
}

using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>The time that one query may take, from its beginning to its last row. It ends the statement in the server too.</summary>
internal sealed class QueryClock : IDisposable
{
    private readonly CancellationTokenSource? _end;
    private readonly TimeSpan _limit;
    private readonly string _server;

    public QueryClock(TimeSpan limit, bool isLimited, TimeProvider time, string server)
    {
        (_limit, _server) = (limit, server);
        _end = isLimited ? new CancellationTokenSource(limit, time) : null;
    }

    public void Dispose() => _end?.Dispose();

    /// <summary>Does a step, and says what its failure means.</summary>
    /// <exception cref="QueryException">The statement failed or took too long.</exception>
    /// <exception cref="SluiceException">The server is away.</exception>
    /// <exception cref="OperationCanceledException">The caller asked for it.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end?.Token ?? CancellationToken.None);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw ReadFailures.TooLong(_limit, e);
        }
        catch (Exception e) when (ReadFailures.IsOfServer(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isOver = _end is { IsCancellationRequested: true } || e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };
            throw isOver ? ReadFailures.TooLong(_limit, e) : ReadFailures.Translate(e, _server);
        }
    }
}

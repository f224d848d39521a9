using Npgsql;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>An error of the engine without its texts, which may quote values: the cause of a query's failure, fit for a log.</summary>
internal sealed class EngineException(PostgresException error) : Exception($"PostgreSQL reported SQLSTATE {error.SqlState} ({error.Routine}).")
{
    public string SqlState { get; } = error.SqlState;

    /// <summary>Where in the text that was sent, from 1; 0 when the engine did not say.</summary>
    public int Position { get; } = error.Position;
}

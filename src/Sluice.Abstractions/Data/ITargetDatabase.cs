namespace Sluice.Data;

/// <summary>A database that agents read. Nothing that goes through here can change it: the engine itself is told so, in several layers.</summary>
/// <remarks>Calls may run at once. Each has a connection, or a session, of its own, which nothing of an earlier call can be seen in.</remarks>
public interface ITargetDatabase : IAsyncDisposable
{
    /// <summary>The kind of database, such as <c>sqlite</c> or <c>postgres</c>: the dialect that queries are written in.</summary>
    string Kind { get; }

    /// <summary>Begins a query. Completes when the first rows are there, or that there are none.</summary>
    /// <param name="query">The statement, one that reads, with its parameters and limits.</param>
    /// <param name="cancellationToken">Stops the statement in the engine too.</param>
    /// <exception cref="QueryException">The statement is refused (<c>query_refused</c>), is wrong (<c>query_failed</c>) or took too long (<c>query_timeout</c>).</exception>
    Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken);

    /// <summary>The tables and views that may be read, with columns, keys and declared relations, sorted by schema and name.</summary>
    Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken);

    /// <summary>What is not as safe as it could be, such as a role that may write. Empty when nothing was found.</summary>
    Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken);
}

namespace Sluice.Data.Tests.Profiling;

/// <summary>A real database that fails, or calls back, at chosen queries.</summary>
internal sealed class InterruptedDatabase(ITargetDatabase inner, Func<string, Exception?> interrupt) : ITargetDatabase
{
    public string Kind => inner.Kind;

    public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken) =>
        interrupt(query.Sql) is { } exception ? Task.FromException<IQueryRows>(exception) : inner.OpenAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

    public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

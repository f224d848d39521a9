namespace Sluice.Data;

/// <summary>What queries may touch. Everything here narrows; nothing opens a way to write.</summary>
public sealed record QueryGuard
{
    /// <summary>The schemas that may be read; empty: the source's own schema (<c>main</c>, <c>public</c>).</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>The tables and views that may be read, as <c>table</c> or <c>schema.table</c>, compared without case; empty: all of the schemas.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Columns that may not be read, as <c>table.column</c> or <c>schema.table.column</c>, compared without case. Default: none.</summary>
    public IReadOnlyList<string> DeniedColumns { get; init; } = [];

    /// <summary>Functions of the database's users that may be called, by name. Default: none; the engine's own that only compute are allowed without it.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>
    /// Settings of the session by name, for policies of row-level security to use: with <c>app.tenant</c> a policy may say
    /// <c>tenant = current_setting('app.tenant')</c>. A name has a dot, as those of applications do; letters, digits and underscores; compared without
    /// case. They are set before anything of a query runs, and queries can neither change nor read them. While there are any, EXPLAIN is refused and
    /// <see cref="MaxCost"/> is passed over, since estimates tell of all rows. PostgreSQL only. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> SessionSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The highest cost that the engine's planner may estimate; null: no limit. PostgreSQL only, and without <see cref="SessionSettings"/>.
    /// Default: 10 million.
    /// </summary>
    public double? MaxCost { get; init; } = 10_000_000;

    /// <summary>Whether a role that could write, or a superuser, is refused instead of warned about. Default: false.</summary>
    public bool RefusePrivilegedRole { get; init; }
}

namespace Sluice.Data.Tests;

/// <summary>A database that answers as it is told, and keeps what it was asked. It obeys row limits as the contract says.</summary>
internal sealed class ScriptedTargetDatabase : ITargetDatabase
{
    public string Kind => "sqlite";

    public List<TableDescription> Tables { get; init; } = [];

    /// <summary>Answers a query with columns and all rows.</summary>
    public Func<ReadOnlyQuery, (QueryColumn[] Columns, object?[][] Rows)> Answer { get; set; } = _ => ([], []);

    public List<ReadOnlyQuery> Queries { get; } = [];

    public int SchemaReads { get; private set; }

    public int Disposals { get; private set; }

    public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        Queries.Add(query);
        var (columns, rows) = Answer(query);
        return Task.FromResult<IQueryRows>(new ScriptedRows(columns, rows, query.MaxRows));
    }

    public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        SchemaReads++;
        return Task.FromResult<IReadOnlyList<TableDescription>>([.. Tables]);
    }

    public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TargetDatabaseWarning>>([]);

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return default;
    }

    private sealed class ScriptedRows(QueryColumn[] columns, object?[][] rows, int maxRows) : IQueryRows
    {
        private int _row = -1;

        public IReadOnlyList<QueryColumn> Columns => columns;

        public QueryTruncation Truncation { get; private set; }

        public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
        {
            if (++_row < Math.Min(rows.Length, maxRows)) return new(true);
            if (rows.Length > maxRows) Truncation = QueryTruncation.Rows;
            return new(false);
        }

        public object? GetValue(int ordinal) => rows[_row][ordinal];

        public ValueTask DisposeAsync() => default;
    }
}

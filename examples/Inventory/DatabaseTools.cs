using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Inventory.Data;

namespace Inventory;

/// <summary>Read-only tools for any SQLite file, under the names an agent is to know them by.</summary>
internal static class DatabaseTools
{
    private static readonly TimeSpan CountingBudget = TimeSpan.FromSeconds(10);

    /// <summary>Lists tables and views with their row counts, most rows first.</summary>
    public static ToolSpec Describe(string name, SqliteExplorer explorer) => Define.Tool(
        name,
        "Lists the tables with their columns and number of rows, most rows first, then the views. 'rows' is null where it was not counted.",
        (CancellationToken cancellationToken) => DescribeAsync(explorer, cancellationToken),
        effect: ToolEffect.ReadOnly);

    /// <summary>Runs one SELECT.</summary>
    public static ToolSpec Query(string name, SqliteExplorer explorer) => Define.Tool<QueryArguments, QueryAnswer>(
        name,
        "Runs one SELECT (SQLite) and returns its rows. Anything that could change the database is refused.",
        async (query, context) => QueryAnswer.Of(
            await explorer.QueryAsync(query.Sql, query.MaxRows, cancellationToken: context.CancellationToken)),
        effect: ToolEffect.ReadOnly);

    private static async Task<TableDescription[]> DescribeAsync(SqliteExplorer explorer, CancellationToken cancellationToken)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(CountingBudget);
        var described = new List<TableDescription>();
        foreach (var table in await explorer.TablesAsync(cancellationToken))
        {
            described.Add(new()
            {
                Name = table.Name,
                Kind = table.Kind,
                Rows = table.Kind == "table" ? await CountAsync(explorer, table.Name, budget.Token, cancellationToken) : null,
                Columns = [.. (await explorer.ColumnsAsync(table.Name, cancellationToken)).Select(column => column.Name)],
            });
        }

        return [.. described.OrderBy(table => table.Kind).ThenByDescending(table => table.Rows ?? -1)];
    }

    private static async Task<long?> CountAsync(
        SqliteExplorer explorer, string table, CancellationToken budget, CancellationToken cancellationToken)
    {
        try
        {
            return await explorer.CountRowsAsync(table, budget);
        }
        catch (Exception e) when (e is QueryRefusedException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Too large to count in time: the name and the columns are still worth knowing.
            return null;
        }
    }

    private sealed record QueryArguments
    {
        [MinLength(1), Description("One SELECT, VALUES or WITH … SELECT, without parameters.")]
        public required string Sql { get; init; }

        [Range(1, 1000), Description("The most rows to return.")]
        public int MaxRows { get; init; } = 50;
    }
}

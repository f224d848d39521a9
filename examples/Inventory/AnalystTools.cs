using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Inventory.Data;

namespace Inventory;

/// <summary>What an analyst needs to find its way in any SQLite file. Everything only reads.</summary>
internal sealed class AnalystTools(SqliteExplorer explorer)
{
    public const string ListTables = "list_tables";
    public const string DescribeTable = "describe_table";
    public const string SampleRows = "sample_rows";
    public const string RunQuery = "run_query";

    private const int RowsLookedAt = 50;

    /// <summary>All of them.</summary>
    public IReadOnlyList<ToolSpec> All() =>
    [
        DatabaseTools.Describe(ListTables, explorer),
        Define.Tool<NamedTable, TableDetails>(
            DescribeTable,
            "Describes the columns of one table or view, and gives an example query that works as it stands.",
            DescribeTableAsync, effect: ToolEffect.ReadOnly),
        Define.Tool<Sample, QueryAnswer>(
            SampleRows,
            "Returns the first rows of one table or view as they are stored.",
            async (sample, context) => QueryAnswer.Of(
                await explorer.SampleRowsAsync(sample.Table, sample.Count, context.CancellationToken)),
            effect: ToolEffect.ReadOnly),
        DatabaseTools.Query(RunQuery, explorer),
    ];

    private async Task<TableDetails> DescribeTableAsync(NamedTable named, ToolContext context)
    {
        var columns = await explorer.ColumnsAsync(named.Table, context.CancellationToken);
        var sample = await explorer.SampleRowsAsync(named.Table, RowsLookedAt, context.CancellationToken);
        return new() { Table = named.Table, Columns = columns, ExampleQuery = ExampleQuery(named.Table, sample) };
    }

    /// <summary>Counts the rows by the column that looks most like a category: text, with few different values in the sample.</summary>
    private static string ExampleQuery(string table, QueryRows sample)
    {
        var category = Enumerable.Range(0, sample.Columns.Count)
            .Select(column => (Name: sample.Columns[column], Values: sample.Rows.Select(row => row[column] as string).ToHashSet()))
            .Where(column => column.Values.Count > 1 && column.Values.Count <= sample.Rows.Count / 2 && !column.Values.Contains(null))
            .OrderBy(column => column.Values.Count)
            .Select(column => column.Name)
            .FirstOrDefault();
        var from = SqliteExplorer.Quote(table);
        return category is null
            ? $"SELECT count(*) AS row_count FROM {from}"
            : $"SELECT {SqliteExplorer.Quote(category)}, count(*) AS row_count FROM {from} GROUP BY 1 ORDER BY 2 DESC LIMIT 8";
    }

    private record NamedTable
    {
        [Description("Name of a table or view, in any case.")]
        public required string Table { get; init; }
    }

    private sealed record Sample : NamedTable
    {
        [Range(1, 50), Description("Number of rows.")]
        public int Count { get; init; } = 5;
    }
}

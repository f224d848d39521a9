using Spectre.Console;

namespace Inventory.Account;

/// <summary>The tables of an exploration's account, cut to what fits on a page.</summary>
internal static class DataTables
{
    private const int MaxTables = 30;
    private const int MaxColumns = 8;
    private const int MaxCell = 40;

    /// <summary>What tables and views there are.</summary>
    public static Table Tables(IReadOnlyList<TableDescription> tables)
    {
        var shown = AccountTable.New("name", "kind", "rows", "columns");
        foreach (var table in tables.Take(MaxTables))
            shown.Add(table.Name, table.Kind, table.Rows is { } rows ? $"{rows:N0}" : "", Joined(table.Columns));
        if (tables.Count > MaxTables) shown.Add($"and {tables.Count - MaxTables} more", "", "", "");
        return shown;
    }

    /// <summary>The columns of one table.</summary>
    public static Table Columns(TableDetails details)
    {
        var shown = AccountTable.New($"column of {details.Table}", "type", "null", "key", "refers to");
        foreach (var column in details.Columns.Take(MaxTables))
        {
            var key = column.KeyPosition > 0 ? "yes" : "";
            shown.Add(column.Name, column.DeclaredType, column.IsNullable ? "yes" : "no", key, column.References ?? "");
        }

        if (details.Columns.Count > MaxTables) shown.Add($"and {details.Columns.Count - MaxTables} more", "", "", "", "");
        return shown;
    }

    /// <summary>The rows of a query.</summary>
    public static Table Rows(QueryAnswer answer)
    {
        var hidden = answer.Columns.Count - MaxColumns;
        IEnumerable<string> rest = hidden > 0 ? [$"and {hidden} more columns"] : [];
        var shown = AccountTable.New([.. answer.Columns.Take(MaxColumns), .. rest]);
        foreach (var row in answer.Rows)
            shown.Add([.. row.Take(MaxColumns).Select(Cell), .. rest.Select(_ => "")]);
        return shown;
    }

    private static string Joined(IReadOnlyList<string> columns) =>
        columns.Count <= MaxColumns
            ? string.Join(", ", columns)
            : $"{string.Join(", ", columns.Take(MaxColumns))} and {columns.Count - MaxColumns} more";

    private static string Cell(object? value)
    {
        var text = (value?.ToString() ?? "").ReplaceLineEndings(" ");
        return text.Length <= MaxCell ? text : text[..MaxCell] + "…";
    }
}

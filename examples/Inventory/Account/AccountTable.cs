using Spectre.Console;

namespace Inventory.Account;

/// <summary>The one look of all tables; cells are plain text, whatever they hold.</summary>
internal static class AccountTable
{
    public static Table New(params IEnumerable<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        return table;
    }

    public static void Add(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}

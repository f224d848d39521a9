using Inventory.Data;
using Spectre.Console;

var path = args is [var given, ..] ? given : Path.Combine(".sluice", "retail.db");
var retail = await AnsiConsole.Progress().StartAsync(async context =>
{
    var task = context.AddTask("retail database", maxValue: 1);
    var progress = new Progress<BuildProgress>(step =>
    {
        task.Description = step.Stage;
        task.Value = Math.Max(task.Value, step.Fraction);
    });
    return await RetailDatabase.OpenOrBuildAsync(path, progress);
});

var table = new Table().AddColumn("table").AddColumn(new TableColumn("rows").RightAligned());
using var connection = retail.OpenReadOnly();
foreach (var name in (string[])["regions", "stores", "categories", "brands", "suppliers", "products", "stock_levels", "sales"])
{
    using var count = connection.CreateCommand();
    count.CommandText = $"SELECT count(*) FROM {name}";
    table.AddRow(name, $"{count.ExecuteScalar():N0}");
}

AnsiConsole.Write(table);

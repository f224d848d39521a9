using Sluice.Data;

namespace Sluice.DataSets.Databases;

/// <summary>A database as people publish them: names of tables and columns alone, no descriptions, no declared keys.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tables">Its tables.</param>
public sealed record PublicDatabase(string Id, IReadOnlyList<TableDescription> Tables)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublicDatabase> All { get; } = Read();

    private static List<PublicDatabase> Read()
    {
        var databases = new List<PublicDatabase>();
        foreach (var line in DataText.ReadLines("databases.txt"))
        {
            if (line[0] == '=')
            {
                databases.Add(new(line[2..], new List<TableDescription>()));
                continue;
            }

            var (table, columns) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..]);
            ((List<TableDescription>)databases[^1].Tables).Add(new()
            {
                Schema = "main",
                Name = table,
                Columns = [.. columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(column => new ColumnDescription { Name = column, DataType = "", IsNullable = true })],
            });
        }

        return databases;
    }
}

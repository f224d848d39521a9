using Sluice.Data.Schemas;

namespace Sluice.Data.Querying;

/// <summary>Names as they are written in a query. Both dialects quote alike.</summary>
internal static class Identifiers
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Table(TableKey table) => table.Schema.Length == 0 ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";
}

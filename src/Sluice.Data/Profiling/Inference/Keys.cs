namespace Sluice.Data.Profiling.Inference;

/// <summary>Declared keys.</summary>
internal static class Keys
{
    /// <summary>Whether the database declares that no two rows have the same values in these columns.</summary>
    public static bool AreUnique(TableDescription table, IReadOnlyList<string> columns) =>
        table.UniqueKeys.Prepend(table.PrimaryKey).Any(key => key.Count > 0 && key.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase)));
}

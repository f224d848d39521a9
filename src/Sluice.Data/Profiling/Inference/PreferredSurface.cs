namespace Sluice.Data.Profiling.Inference;

/// <summary>What queries do better to read than a table.</summary>
/// <param name="QualifiedName">The view.</param>
/// <param name="Evidence">Why.</param>
internal sealed record PreferredSurface(string QualifiedName, string Evidence)
{
    private const double LeastCovered = 0.8;

    /// <summary>
    /// The view that has a row for each row of a table, most of its columns, and more: somebody joined there what belongs to it. Null when there is none.
    /// </summary>
    public static PreferredSurface? Find(TableProfile table, IEnumerable<TableProfile> views)
    {
        if (table.Table.IsView || table.Rows is not > 0) return null;
        var fitting = views.Where(view => view.Table.IsView && view.Rows == table.Rows && view.Columns.Count > table.Columns.Count)
            .Select(view => (View: view, Shared: Shared(table, view)))
            .Where(view => view.Shared >= LeastCovered * table.Columns.Count && HasKey(table, view.View))
            .OrderByDescending(view => view.Shared).ThenByDescending(view => view.View.Columns.Count).ThenBy(view => view.View.Key.QualifiedName, StringComparer.Ordinal);
        return fitting.Select(view => new PreferredSurface(
            view.View.Key.QualifiedName,
            $"The view has as many rows, {view.Shared} of the table's {table.Columns.Count} columns, and {view.View.Columns.Count - view.Shared} more.")).FirstOrDefault();
    }

    private static int Shared(TableProfile table, TableProfile view) => NamesOf(table).Intersect(NamesOf(view), StringComparer.OrdinalIgnoreCase).Count();

    private static bool HasKey(TableProfile table, TableProfile view) => table.Table.PrimaryKey.All(column => NamesOf(view).Contains(column, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> NamesOf(TableProfile table) => table.Columns.Select(column => column.Name);
}

namespace Sluice.Data.Profiling.Values;

/// <summary>Quartiles by nearest rank: the first value that at least a quarter, half, three quarters of all are not greater than. Always values that occur.</summary>
internal static class Quartiles
{
    /// <summary>The first quartile, the median and the third; null when there are no values. Sorts the list.</summary>
    public static T[]? Of<T>(List<T> values, IComparer<T> order)
    {
        if (values.Count == 0) return null;
        values.Sort(order);
        return [At(1), At(2), At(3)];

        T At(int quarter) => values[Math.Max(0, (int)(((long)values.Count * quarter + 3) / 4) - 1)];
    }
}

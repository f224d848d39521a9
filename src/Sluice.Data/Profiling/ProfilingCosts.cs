using Sluice.Data.Profiling.Measuring;

namespace Sluice.Data.Profiling;

/// <summary>What profiling takes, by rules of thumb that were measured on ordinary machines.</summary>
internal static class ProfilingCosts
{
    private const int QueriesOfTable = 4;
    private const int ColumnsPerPass = 100;
    private const double MillisecondsPerQuery = 3;
    private const double NanosecondsPerValue = 600;

    public static ProfilingEstimate Estimate(TableEstimate[] tables, ProfilingOptions options)
    {
        var all = tables.Where(table => !table.WouldBeSkipped && table.Error is null).ToArray();
        // Beside the passes, about every second column is asked for something of its own: its few values, what is wrong with it, its relation.
        var queries = options.SchemaOnly ? 0 : all.Sum(table => QueriesOfTable + (table.Columns / ColumnsPerPass) + (table.Columns / 2));
        var values = all.Sum(table => (double)(table.Rows ?? 0) * table.Columns);
        return new()
        {
            Tables = tables,
            Queries = queries,
            ExpectedTime = TimeSpan.FromMilliseconds(Math.Ceiling((queries * MillisecondsPerQuery) + (values * NanosecondsPerValue / 1e6))),
        };
    }
}

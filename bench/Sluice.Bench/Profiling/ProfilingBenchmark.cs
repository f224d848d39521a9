using System.Globalization;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Data;
using Sluice.Data.Profiling;

namespace Sluice.Bench.Profiling;

/// <summary>What it costs to profile a large table, against the statements that have to run for it.</summary>
/// <remarks>The number of rows is settable by <c>SLUICE_BENCH_ROWS</c>.</remarks>
internal static class ProfilingBenchmark
{
    private const int DefaultRows = 10_000_000;
    private const int FewerRows = 1_000_000;
    private const double Megabyte = 1024 * 1024;
    private const double Million = 1e6;

    public static async Task RunAsync()
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_BENCH_ROWS"), CultureInfo.InvariantCulture, out var set) ? set : DefaultRows;
        using var folder = new StoreFolder();
        Table.Title($"Profiling: {rows:N0} rows of {LargeTable.Columns} columns in SQLite; aim 1.5", "the same statements one after the other on a bare connection, every row read");
        var small = await ProfileAsync(LargeTable.Create(folder.PathOf("small.db"), FewerRows), folder);
        var large = await ProfileAsync(LargeTable.Create(folder.PathOf("large.db"), rows), folder);
        Table.Row("CPU ms", large.Floor.CpuNanoseconds / Million, large.Subject.CpuNanoseconds / Million);
        Table.Row("elapsed ms", large.Floor.ElapsedNanoseconds / Million, large.Subject.ElapsedNanoseconds / Million);
        Table.Row($"peak managed MB: {FewerRows:N0} rows | all", small.ManagedBytes / Megabyte, large.ManagedBytes / Megabyte);
        Table.Row($"peak resident MB: {FewerRows:N0} rows | all", small.ResidentBytes / Megabyte, large.ResidentBytes / Megabyte);
        Table.Figure("statements", large.Statements);
        Table.Figure("CPU ms when nothing changed", large.Unchanged.CpuNanoseconds / Million);
    }

    /// <summary>Once, since a round is long and has one table only.</summary>
    private static async Task<ProfilingFigures> ProfileAsync(string file, StoreFolder folder)
    {
        var statements = new List<string>();
        var catalog = folder.PathOf($"catalog-{Path.GetFileName(file)}");
        var environment = new DataEnvironment { TenantId = "acme", TargetDatabase = new() { Url = $"sqlite:{file}" }, Catalog = new() { Url = $"sqlite:{catalog}" } };
        await using var data = await environment.OpenAsync([new RecordingDataProvider(statements)]);
        var memory = new PeakMemory();
        var subject = await Cost.MeasureAsync(() => memory.WatchAsync(() => RunAsync(data, isForced: true)), units: 1);
        string[] recorded = [.. statements];
        var floor = await Cost.MeasureAsync(() => Task.Run(() => BareSqlite.Run(file, recorded)), units: 1);
        var unchanged = await Cost.MeasureAsync(() => RunAsync(data, isForced: false), units: 1);
        return new(floor, subject, unchanged, memory.ManagedBytes, memory.ResidentBytes, recorded.Length);
    }

    private static async Task RunAsync(OpenDataEnvironment data, bool isForced)
    {
        await foreach (var profilingEvent in data.ProfileAsync(new("acme"), new() { DatabaseId = "bench", Force = isForced }))
            if (profilingEvent is TableFailedEvent failed) throw new InvalidOperationException(failed.Error.ToString());
    }
}

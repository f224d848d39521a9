using System.Diagnostics;

namespace Sluice.Bench.Measuring;

/// <summary>What one unit of work cost the whole process, threads and garbage collection included.</summary>
internal sealed record Cost(double CpuNanoseconds, double ElapsedNanoseconds, double Bytes)
{
    /// <summary>Runs the work once, from a collected heap.</summary>
    public static async Task<Cost> MeasureAsync(Func<Task> work, long units)
    {
        Memory.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await work();
        var elapsed = Stopwatch.GetElapsedTime(started);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new(cpu.TotalNanoseconds / units, elapsed.TotalNanoseconds / units, (double)bytes / units);
    }

    /// <summary>How many times each figure of another cost.</summary>
    public Cost Over(Cost other) => new(CpuNanoseconds / other.CpuNanoseconds, ElapsedNanoseconds / other.ElapsedNanoseconds, Bytes / other.Bytes);

    /// <summary>The median of each figure alone.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) => new(
        Middle(costs.Select(cost => cost.CpuNanoseconds)),
        Middle(costs.Select(cost => cost.ElapsedNanoseconds)),
        Middle(costs.Select(cost => cost.Bytes)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

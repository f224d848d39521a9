using System.Diagnostics;

namespace Sluice.Bench.Measuring;

/// <summary>
/// The same work done twice, in short blocks that alternate: on a busy machine a burst of other work hits both alike, and the median of the
/// pairs' ratios leaves out those that it did not.
/// </summary>
internal sealed record Alternation
{
    private const int WarmUps = 8;

    /// <summary>Medians of a unit's cost in this process, collections as they fall.</summary>
    public required Cost Floor { get; init; }

    /// <summary>Medians of a unit's cost in this process, collections as they fall.</summary>
    public required Cost Subject { get; init; }

    /// <summary>The medians of the pairs' ratios.</summary>
    public required Cost Ratio { get; init; }

    /// <summary>CPU nanoseconds of a unit in the servers' processes, over all blocks: their clock counts hundredths of a second. 0 without servers.</summary>
    public required (double Floor, double Subject) Server { get; init; }

    public static async Task<Alternation> RunAsync(Contender floor, Contender subject, int units, int pairs)
    {
        for (var round = 0; round < WarmUps; round++)
        {
            for (var block = 0; block < 5; block++)
            {
                await floor.Work();
                await subject.Work();
            }

            // The second tier of the compiler works in the background; the measured blocks must run its code.
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        Memory.Collect();
        var (floors, subjects) = (new Cost[pairs], new Cost[pairs]);
        var (floorServer, subjectServer) = (floor.ServerCpu(), subject.ServerCpu());
        for (var pair = 0; pair < pairs; pair++)
        {
            // Each goes first in half of the pairs.
            if (pair % 2 == 0) floors[pair] = await MeasureAsync(floor, units);
            subjects[pair] = await MeasureAsync(subject, units);
            if (pair % 2 == 1) floors[pair] = await MeasureAsync(floor, units);
        }

        var all = (double)units * pairs;
        return new()
        {
            Floor = Cost.Median(floors),
            Subject = Cost.Median(subjects),
            Ratio = Cost.Median([.. floors.Zip(subjects, (bare, sluice) => sluice.Over(bare))]),
            Server = ((floor.ServerCpu() - floorServer).TotalNanoseconds / all, (subject.ServerCpu() - subjectServer).TotalNanoseconds / all),
        };
    }

    private static async Task<Cost> MeasureAsync(Contender contender, int units)
    {
        var bytes = GC.GetTotalAllocatedBytes();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await contender.Work();
        var elapsed = Stopwatch.GetElapsedTime(started);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        return new(cpu.TotalNanoseconds / units, elapsed.TotalNanoseconds / units, (double)bytes / units);
    }
}

using System.Diagnostics;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;

namespace Sluice.CrashTests.Matrix;

/// <summary>One life of the job: processes one after the other, each of which is killed, but for the last.</summary>
internal sealed class JobLife(JobPlace place, MatrixTally tally)
{
    /// <summary>What happened, for messages.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Runs a process that kills itself at a boundary.</summary>
    /// <returns>Whether it came there.</returns>
    public async Task<bool> DieAtAsync(string boundary)
    {
        using var child = Start(boundary, trace: false);
        return await EndAsync(child, $"killed {boundary}");
    }

    /// <summary>Runs a process and kills it some time after it got ready.</summary>
    /// <returns>Whether it was still alive.</returns>
    public async Task<bool> DieAfterAsync(TimeSpan delay)
    {
        using var child = Start(null, trace: false);
        (await child.ReadLineAsync()).ShouldBe(JobProgram.Ready);
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        child.Kill();
        return await EndAsync(child, $"killed after {delay.TotalMilliseconds:0} ms");
    }

    /// <summary>Runs a process to the end of the job.</summary>
    public async Task FinishAsync(bool trace = false)
    {
        using var child = Start(null, trace);
        (await EndAsync(child, "killed by somebody else")).ShouldBeFalse(string.Join(", ", Story));
    }

    /// <summary>Runs a process to the end of the job.</summary>
    /// <returns>How long it took from being ready.</returns>
    public async Task<TimeSpan> MeasureAsync()
    {
        using var child = Start(null, trace: false);
        (await child.ReadLineAsync()).ShouldBe(JobProgram.Ready);
        var began = Stopwatch.GetTimestamp();
        (await EndAsync(child, "killed by somebody else")).ShouldBeFalse();
        return Stopwatch.GetElapsedTime(began);
    }

    private ChildProcess Start(string? boundary, bool trace) => ChildProcess.Start(
        JobProgram.Verb, place.Store, place.LedgerPath, boundary ?? JobProgram.None, trace ? place.TracePath : JobProgram.None);

    private async Task<bool> EndAsync(ChildProcess child, string how)
    {
        var (lines, isKilled) = await child.ReadToEndAsync();
        if (Story.Count > 0 && lines.Contains(JobProgram.Resumed)) tally.Resume();
        Story.Add(isKilled ? how : "ended");
        return isKilled;
    }
}

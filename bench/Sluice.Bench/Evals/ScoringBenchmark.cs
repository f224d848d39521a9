using System.Text.Json;
using Sluice.Bench.Measuring;
using Sluice.Bench.Profiling;
using Sluice.Json;

namespace Sluice.Bench.Evals;

/// <summary>What it costs to score recorded samples again: trajectories and actions, offline, on one thread.</summary>
internal static class ScoringBenchmark
{
    private const int Samples = 100_000;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var recorded = RecordedSamples.Create();
        var outputs = recorded.Select(sample => Read(sample.Output)).ToArray();
        Table.Title(
            $"Scoring: {Samples:N0} samples of 10 calls and 4 + 4 actions, {recorded.Average(sample => sample.Output.Length):N0} bytes each",
            "the samples read from their JSON");
        Table.Throughput("score", await Comparison.RunAsync(
            () => ReadAll(recorded, Samples), () => ScoreAll(index => (recorded[index % recorded.Count].Case, outputs[index % recorded.Count]), Samples), Samples, Rounds));
        Table.Throughput("read and score", await Comparison.RunAsync(
            () => ReadAll(recorded, Samples), () => ReadAndScore(recorded, Samples), Samples, Rounds));

        var few = new PeakMemory();
        await few.WatchAsync(() => Task.Run(() => ReadAndScore(recorded, Samples / 10)));
        var all = new PeakMemory();
        await all.WatchAsync(() => Task.Run(() => ReadAndScore(recorded, Samples)));
        Table.Row($"managed memory at its peak, {Samples / 10:N0} and {Samples:N0}", few.ManagedBytes, all.ManagedBytes);
    }

    private static Task ReadAll(IReadOnlyList<(TestCase Case, byte[] Output)> recorded, int samples)
    {
        var calls = 0;
        for (var index = 0; index < samples; index++) calls += Read(recorded[index % recorded.Count].Output).Trajectory.Count;
        return calls > 0 ? Task.CompletedTask : throw new InvalidOperationException("The samples have no calls.");
    }

    private static Task ReadAndScore(IReadOnlyList<(TestCase Case, byte[] Output)> recorded, int samples) => ScoreAll(
        index => (recorded[index % recorded.Count].Case, Read(recorded[index % recorded.Count].Output)), samples);

    private static Task ScoreAll(Func<int, (TestCase Case, SampleOutput Output)> sampleAt, int samples)
    {
        var passed = 0;
        for (var index = 0; index < samples; index++)
        {
            var (testCase, output) = sampleAt(index);
            if (Scorer.Score(testCase, output).Passed) passed++;
        }

        return passed > samples / 2 && passed < samples ? Task.CompletedTask : throw new InvalidOperationException($"{passed} of {samples} samples passed.");
    }

    private static SampleOutput Read(byte[] output) => JsonSerializer.Deserialize<SampleOutput>(output, SluiceJson.Options)!;
}

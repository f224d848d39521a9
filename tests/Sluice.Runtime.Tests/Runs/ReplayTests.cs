using Sluice.Journal;
using Sluice.Runtime.Tools;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

/// <summary>
/// Replay equals the original: random runs are cut off before and after every write to the storage, and taken up by a new runtime on what
/// the storage holds then. Every prefix of the journal is among those.
/// </summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private static readonly StorageOperation[] Writes =
    [
        StorageOperation.AppendEntries, StorageOperation.AddPlan, StorageOperation.UpdatePlan, StorageOperation.AddApproval,
        StorageOperation.UpdateApproval, StorageOperation.PutReference, StorageOperation.AddRunToThread,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Run_CutOffAtAnyWrite_EndsAsTheOriginalAndRepeatsNothingThatWasRecorded(int seed)
    {
        var prompt = new RandomScript(seed).Boss();
        var counting = new FaultyStorage(MemoryStorage.Create());
        await using var original = new ReplayHost(counting);
        await original.StartAsync(prompt);
        var expected = await original.ResumeAsync();
        expected[^1].ShouldBeOfType<FinishEvent>(prompt);
        var (cuts, inDoubt) = (0, 0);
        foreach (var operation in Writes)
        {
            var writes = counting.CountOf(operation);
            for (var write = 1; write <= writes; write++)
            {
                foreach (var isBefore in new[] { true, false })
                {
                    var place = $"seed {seed}, {(isBefore ? "before" : "after")} {operation} {write} of {writes}";
                    inDoubt += await CutAsync(prompt, expected, operation, write, isBefore, place) ? 1 : 0;
                    cuts++;
                }
            }
        }

        output.WriteLine($"seed {seed}: {expected.Count} events, {cuts} cuts, {inDoubt} with a step in doubt");
        cuts.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Run_WithParallelCalls_CutOffAtEveryAppend_RepeatsNothingThatWasRecorded()
    {
        var look = Enumerable.Range(0, 6).Select(n => Script.Call(n % 2 == 0 ? "look" : "look_wide", new { text = $"{n}" }));
        var prompt = Script.Of(Script.Calls(look), Script.Text("ok"));
        for (var append = 1; ; append++)
        {
            var storage = MemoryStorage.Create();
            var faulty = new FaultyStorage(storage).CrashAfter(StorageOperation.AppendEntries, call => call.Number == append);
            await using var first = new ReplayHost(faulty, parallel: 6);
            await first.StartAsync(prompt);
            if (!faulty.IsCrashed) break;
            var recorded = await RecordedKeysAsync(storage);
            await using var second = new ReplayHost(storage, parallel: 6);
            var events = await second.ResumeAsync();
            events.ShouldFinish();
            events.Results().Count.ShouldBe(6);
            events.Results().ShouldAllBe(e => e.Error == null);
            second.Ran.Keys.Intersect(recorded.Completed).ShouldBeEmpty($"after append {append}");
        }
    }

    /// <summary>Cuts a run off, takes it up, and checks it.</summary>
    /// <returns>Whether a step was in doubt.</returns>
    private static async Task<bool> CutAsync(
        string prompt, IReadOnlyList<RuntimeEvent> expected, StorageOperation operation, int write, bool isBefore, string place)
    {
        var storage = MemoryStorage.Create();
        var faulty = new FaultyStorage(storage);
        if (isBefore) faulty.CrashBefore(operation, call => call.Number == write);
        else faulty.CrashAfter(operation, call => call.Number == write);
        await using var first = new ReplayHost(faulty);
        await first.StartAsync(prompt).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await first.DisposeAsync();
        faulty.IsCrashed.ShouldBeTrue(place);
        var recorded = await RecordedKeysAsync(storage);
        if (recorded.Count == 0) return false;

        await using var second = new ReplayHost(storage);
        var events = await second.ResumeAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        second.Ran.Keys.Intersect(recorded.Completed).ShouldBeEmpty($"{place}: a recorded step ran again");
        second.Ran.Keys.Intersect(recorded.Claimed).ShouldBeEmpty($"{place}: a claimed effect ran again");
        JournalHash.FindBreak(await storage.Journal.ReadAsync(Sample.Tenant, ReplayHost.RunId, 0, default).ToListAsync()).ShouldBeNull(place);
        if (recorded.Claimed.Count == 0)
        {
            // One by one: a whole stream is too long a message.
            foreach (var (one, other) in events.ToJson().Zip(expected.ToJson())) one.ShouldBe(other, place);
            events.Count.ShouldBe(expected.Count, place);
            return false;
        }

        events.ShouldFinish();
        events.ToJson().Count(line => line.Contains("\"in_doubt\"", StringComparison.Ordinal)).ShouldBeGreaterThan(0, place);
        return true;
    }

    /// <summary>The idempotency keys of the steps that have their outcome, and of claims that must not be repeated and have none.</summary>
    private static async Task<(int Count, HashSet<string> Completed, HashSet<string> Claimed)> RecordedKeysAsync(MemoryStorage storage)
    {
        var (count, completed, claimed) = (0, new HashSet<string>(), new HashSet<string>());
        await foreach (var entry in storage.Journal.ReadAsync(Sample.Tenant, ReplayHost.RunId, 0, default))
        {
            count++;
            var key = CallContext.KeyOf(ReplayHost.RunId, entry.Key);
            switch (entry.ReadData())
            {
                case ToolStartedData { ToolName: not "put" }:
                    claimed.Add(key);
                    break;
                case ToolCompletedData:
                    completed.Add(key);
                    claimed.Remove(key);
                    break;
                case ActionStartedData action:
                    claimed.Add(action.IdempotencyKey);
                    break;
                case ActionCompletedData action:
                    var started = await StartedAsync(storage, entry.Key);
                    completed.Add(started);
                    claimed.Remove(started);
                    break;
            }
        }

        return (count, completed, claimed);
    }

    private static async Task<string> StartedAsync(MemoryStorage storage, string key) =>
        ((ActionStartedData)(await storage.Journal.ReadAsync(Sample.Tenant, ReplayHost.RunId, 0, default)
            .FirstAsync(entry => entry.Kind == JournalEntryKind.ActionStarted && entry.Key == key)).ReadData()).IdempotencyKey;
}

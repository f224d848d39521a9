using Sluice.Journal;
using Sluice.Storage;
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

    /// <summary>The writes around the answer to a question: asked, decided, claimed again, done.</summary>
    private static readonly Cut[] Second =
    [
        .. from place in new[]
           {
               (StorageOperation.AddApproval, 1), (StorageOperation.UpdateApproval, 1), (StorageOperation.AppendEntries, 1),
               (StorageOperation.AppendEntries, 2), (StorageOperation.AppendEntries, 3), (StorageOperation.AppendEntries, 4),
           }
           from isBefore in new[] { true, false }
           select new Cut(place.Item1, place.Item2, isBefore),
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
        var settled = await SweepAsync(new RandomScript(seed).Boss(), $"seed {seed}");
        settled.Select(step => step.Verdict).Distinct().Count().ShouldBe(3, "each answer is given at some cut");
    }

    [Fact]
    public async Task Plan_ThatIsUndone_CutOffAtAnyWrite_RepeatsNoEffectAndDropsNone()
    {
        var settled = await SweepAsync(RandomScript.FailingPlan(), "plan");
        foreach (var step in new[] { "action", "compensation" })
            settled.Where(one => one.Step.Contains($"#{step}/", StringComparison.Ordinal)).Select(one => one.Verdict).Distinct().Count().ShouldBe(3, step);
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
            var completed = (await StepRecord.ReadAsync(storage)).Values.Where(step => step.HasOutcome).Select(step => step.Effect).ToList();
            await using var second = new ReplayHost(storage, parallel: 6);
            var events = await second.ResumeAsync();
            events.ShouldFinish();
            events.Results().Count.ShouldBe(6);
            events.Results().ShouldAllBe(e => e.Error == null);
            second.Ran.Keys.Intersect(completed).ShouldBeEmpty($"after append {append}");
        }
    }

    /// <summary>Cuts a run off at every write.</summary>
    /// <returns>What the person said of effects in doubt.</returns>
    private async Task<IReadOnlyList<Settled>> SweepAsync(string prompt, string name)
    {
        var counting = new FaultyStorage(MemoryStorage.Create());
        await using var original = new ReplayHost(counting);
        await original.StartAsync(prompt);
        var expected = await original.ResumeAsync();
        expected[^1].ShouldBeOfType<FinishEvent>(prompt);
        var (cuts, settled) = (0, new List<Settled>());
        foreach (var operation in Writes)
        {
            var writes = counting.CountOf(operation);
            for (var write = 1; write <= writes; write++)
            {
                foreach (var isBefore in new[] { true, false })
                {
                    settled.AddRange(await CutAsync(prompt, expected, new(operation, write, isBefore), name));
                    cuts++;
                }
            }
        }

        output.WriteLine($"{name}: {expected.Count} events, {cuts} cuts, answers {string.Join(", ", settled.CountBy(step => step.Verdict))}");
        cuts.ShouldBeGreaterThan(10);
        return settled;
    }

    /// <summary>Cuts a run off, takes it up, and checks it. When something is in doubt: also with a person who gives up, and with a second cut.</summary>
    private static async Task<IReadOnlyList<Settled>> CutAsync(string prompt, IReadOnlyList<RuntimeEvent> expected, Cut cut, string name)
    {
        var place = $"{name}, {cut}";
        var settled = await CutAsync(prompt, expected, cut, null, false, place);
        if (settled is null) return [];
        List<Settled> all = [.. settled, .. (await CutAsync(prompt, expected, cut, null, true, $"{place}, gives up"))!];
        foreach (var (index, second) in Second.Index())
            all.AddRange((await CutAsync(prompt, expected, cut, second, index % 3 == 0, $"{place}, then {second}"))!);
        return all;
    }

    /// <summary>One cut, or two, and one person.</summary>
    /// <returns>What was settled; null when nothing was in doubt.</returns>
    private static async Task<IReadOnlyList<Settled>?> CutAsync(
        string prompt, IReadOnlyList<RuntimeEvent> expected, Cut cut, Cut? second, bool givesUp, string place)
    {
        var (storage, ledger) = (MemoryStorage.Create(), new EffectLedger());
        await StartAsync(prompt, cut.Of(storage), ledger, place);
        if (await storage.Journal.GetRunAsync(Sample.Tenant, ReplayHost.RunId, default) is null) return null;
        if (second is not null)
        {
            await using var host = new ReplayHost(second.Of(storage), ledger: ledger, givesUp: givesUp);
            await host.GoOnAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            // The second cut may lie beyond the end.
            if ((await storage.Journal.GetRunAsync(Sample.Tenant, ReplayHost.RunId, default))!.State is not (RunState.Running or RunState.Waiting))
                return await CheckAsync(storage, ledger, place);
        }

        var before = await StepRecord.ReadAsync(storage);
        await FinishAsync(storage, ledger, before, expected, givesUp, place);
        var settled = await CheckAsync(storage, ledger, place);
        return second is null && before.Values.All(step => step.HasOutcome || step.Claims == 0) ? null : settled;
    }

    private static async Task StartAsync(string prompt, FaultyStorage faulty, EffectLedger ledger, string place)
    {
        await using var host = new ReplayHost(faulty, ledger: ledger);
        await host.StartAsync(prompt).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        faulty.IsCrashed.ShouldBeTrue(place);
    }

    /// <summary>Takes a run up for the last time. Where nothing was in doubt it ends as the original.</summary>
    private static async Task FinishAsync(
        MemoryStorage storage, EffectLedger ledger, IReadOnlyDictionary<string, StepRecord> before, IReadOnlyList<RuntimeEvent> expected,
        bool givesUp, string place)
    {
        await using var host = new ReplayHost(storage, ledger: ledger, givesUp: givesUp);
        var events = await host.ResumeAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        events.ShouldFinish();
        host.Ran.Keys.Intersect(before.Values.Where(step => step.HasOutcome).Select(step => step.Effect))
            .ShouldBeEmpty($"{place}: a recorded step ran again");
        if (before.Values.Any(step => step.Verdicts.Count > 0 || step.Claims > 1 || (!step.HasOutcome && step.Claims > 0 && !step.IsIdempotent))) return;
        // One by one: a whole stream is too long a message.
        foreach (var (one, other) in events.ToJson().Zip(expected.ToJson())) one.ShouldBe(other, place);
        events.Count.ShouldBe(expected.Count, place);
    }

    /// <summary>Every effect happened once, or a person said that it failed; nobody was asked twice about one attempt; every attempt was claimed.</summary>
    private static async Task<IReadOnlyList<Settled>> CheckAsync(MemoryStorage storage, EffectLedger ledger, string place)
    {
        JournalHash.FindBreak(await storage.Journal.ReadAsync(Sample.Tenant, ReplayHost.RunId, 0, default).ToListAsync()).ShouldBeNull(place);
        var steps = await StepRecord.ReadAsync(storage);
        foreach (var (key, step) in steps.Where(pair => pair.Value.Claims > 0))
        {
            step.HasOutcome.ShouldBeTrue($"{place}: {key} has no outcome");
            step.Questions.Values.ShouldAllBe(count => count == 1, $"{place}: {key} was asked about twice");
            step.Verdicts.Count.ShouldBe(step.Questions.Count, $"{place}: {key}");
            step.Verdicts.SkipLast(1).ShouldAllBe(verdict => verdict == ApprovalOutcome.Retry, $"{place}: {key}");
            if (step.IsIdempotent) continue;
            var isGivenUp = step.Verdicts is [.., ApprovalOutcome.MarkFailed];
            ledger.CountOf(step.Effect).ShouldBe(isGivenUp ? 0 : 1, $"{place}: {key} after {step.Claims} claims, {string.Join(", ", step.Verdicts)}");
        }

        return [.. steps.SelectMany(pair => pair.Value.Verdicts.Select(verdict => new Settled(pair.Key, verdict)))];
    }

    /// <summary>What a person said of one attempt at a step.</summary>
    private sealed record Settled(string Step, ApprovalOutcome Verdict);

    /// <summary>One place at which a process dies.</summary>
    private sealed record Cut(StorageOperation Operation, int Number, bool IsBefore)
    {
        public FaultyStorage Of(MemoryStorage storage) => IsBefore
            ? new FaultyStorage(storage).CrashBefore(Operation, call => call.Number == Number)
            : new FaultyStorage(storage).CrashAfter(Operation, call => call.Number == Number);

        public override string ToString() => $"{(IsBefore ? "before" : "after")} {Operation} {Number}";
    }
}

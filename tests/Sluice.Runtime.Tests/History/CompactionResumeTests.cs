using Sluice.Journal;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

/// <summary>A run whose history is folded is cut off before and after every write, and taken up by a new runtime.</summary>
public sealed class CompactionResumeTests(ITestOutputHelper output)
{
    private const string RunId = "run-1";
    private static readonly CompactionOptions Compaction = new() { ContextTokens = 4000, TurnsKept = 2, MaxSummaryTokens = 100 };
    private static readonly StorageOperation[] Writes = [StorageOperation.AppendEntries, StorageOperation.PutReference, StorageOperation.AddPlan];

    /// <summary>In a window that is known, and in one that the run only hits.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task Run_CutOffAtAnyWrite_SendsTheSameMessagesAndEndsAsTheOriginal(int seed, bool isKnown)
    {
        var compaction = isKnown ? Compaction : Compaction with { ContextTokens = null };
        var counting = new FaultyStorage(MemoryStorage.Create());
        var original = Model(seed);
        var expected = await StartAsync(counting, original, compaction);
        original.Refused.ShouldBe(isKnown ? 0 : original.Refused > 0 ? original.Refused : -1);
        expected.OfType<HistoryCompactedEvent>().Count().ShouldBeGreaterThan(isKnown ? 1 : 0);
        original.Summaries.ShouldNotBeEmpty();
        var cuts = 0;
        foreach (var operation in Writes)
        {
            for (var write = 1; write <= counting.CountOf(operation); write++)
            {
                foreach (var isBefore in new[] { true, false })
                {
                    await CutAsync(seed, compaction, original, expected, new(operation, write, isBefore));
                    cuts++;
                }
            }
        }

        output.WriteLine($"seed {seed}: {expected.Count} events, {cuts} cuts");
    }

    [Fact]
    public async Task Resume_OfARecordedCompaction_AsksForNoSummaryAgainAndCountsItOnce()
    {
        var storage = MemoryStorage.Create();
        var faulty = new FaultyStorage(storage);
        var first = Model(1);
        faulty.CrashAfter(StorageOperation.AppendEntries, _ => first.Summaries.Count == 1 && IsFolded(storage));
        await StartAsync(faulty, first);
        faulty.IsCrashed.ShouldBeTrue();

        // The next process would not fold at all: what was recorded counts.
        var second = Model(1, window: long.MaxValue);
        var events = await ResumeAsync(storage, second, new() { Enabled = false });
        events.ShouldFinish();
        second.Summaries.ShouldBeEmpty();
        second.Turns[0].Count(WindowedModel.IsSummary).ShouldBe(1);
        var usage = await UsageAsync(storage);
        events.OfType<FinishEvent>().Single().Usage.TotalTokens.ShouldBe(usage);

        bool IsFolded(MemoryStorage inner) => inner.Journal.ReadAsync(Sample.Tenant, RunId, 0, default).ToBlockingEnumerable()
            .Any(entry => entry.Kind == JournalEntryKind.HistoryCompacted && ((HistoryCompactedData)entry.ReadData()).Summary is not null);
    }

    [Fact]
    public async Task TwoRuns_OfTheSameWork_HaveTheSameJournal()
    {
        var journals = new List<List<string>>();
        for (var run = 0; run < 2; run++)
        {
            var storage = MemoryStorage.Create();
            await StartAsync(storage, Model(4));
            journals.Add(await storage.Journal.ReadAsync(Sample.Tenant, RunId, 0, default)
                .Select(entry => $"{entry.Kind} {entry.Key} {System.Text.Encoding.UTF8.GetString(entry.Data.Span)}").ToListAsync());
        }

        journals[0].Count(line => line.StartsWith("HistoryCompacted", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
        foreach (var (one, other) in journals[0].Zip(journals[1])) one.ShouldBe(other);
        journals[0].Count.ShouldBe(journals[1].Count);
    }

    private static async Task CutAsync(int seed, CompactionOptions compaction, WindowedModel original, IReadOnlyList<RuntimeEvent> expected, Cut cut)
    {
        var place = $"seed {seed}, {cut}";
        var storage = MemoryStorage.Create();
        var faulty = cut.IsBefore
            ? new FaultyStorage(storage).CrashBefore(cut.Operation, call => call.Number == cut.Write)
            : new FaultyStorage(storage).CrashAfter(cut.Operation, call => call.Number == cut.Write);
        await StartAsync(faulty, Model(seed), compaction);
        faulty.IsCrashed.ShouldBeTrue(place);
        if (await storage.Journal.GetRunAsync(Sample.Tenant, RunId, default) is not { State: RunState.Running }) return;
        var model = Model(seed);
        var events = await ResumeAsync(storage, model, compaction);
        foreach (var (one, other) in events.ToJson().Zip(expected.ToJson())) one.ShouldBe(other, place);
        events.Count.ShouldBe(expected.Count, place);
        foreach (var (one, other) in model.Turns.Reverse().Zip(original.Turns.Reverse()))
            WindowedModel.TextOf(one).ShouldBe(WindowedModel.TextOf(other), place);
    }

    private static WindowedModel Model(int seed, long window = 4000) => new(LongWork.Random(seed, turns: 14)) { Window = window };

    private static async Task<IReadOnlyList<RuntimeEvent>> StartAsync(
        IRuntimeStorage storage, WindowedModel model, CompactionOptions? compaction = null)
    {
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, compaction ?? Compaction, options => options.Storage = storage));
        try
        {
            await (await runtime.StartAsync(new() { Prompt = LongWork.Prompt, RunId = RunId, ThreadId = "t-1" })).Completion;
            return await runtime.EventsAsync(RunId).ToListAsync();
        }
        catch (Exception crash) when (crash is IOException or SluiceException)
        {
            // The storage went away.
            return [];
        }
    }

    private static async Task<IReadOnlyList<RuntimeEvent>> ResumeAsync(IRuntimeStorage storage, WindowedModel model, CompactionOptions compaction)
    {
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, compaction, options => options.Storage = storage));
        await runtime.ResumeAsync(RunId).ToListAsync();
        return await runtime.EventsAsync(RunId).ReadAsync();
    }

    private static async Task<long> UsageAsync(MemoryStorage storage) => await storage.Journal.ReadAsync(Sample.Tenant, RunId, 0, default)
        .Select(entry => entry.ReadData() switch
        {
            TurnCompletedData turn => turn.Usage.TotalTokens,
            HistoryCompactedData folded => folded.Usage.TotalTokens,
            _ => 0,
        }).SumAsync();

    private sealed record Cut(StorageOperation Operation, int Write, bool IsBefore);
}

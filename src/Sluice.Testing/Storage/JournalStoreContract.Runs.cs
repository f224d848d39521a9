using Sluice.Journal;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <content>The rows of runs: listed, filtered, paged, removed.</content>
public abstract partial class JournalStoreContract
{
    /// <summary>Runs are listed newest first; those of one instant by id, last first; no more than asked for.</summary>
    [Fact]
    public async Task ListRuns_OfSeveral_GivesTheNewestFirstUpToTheLimit()
    {
        await using var storage = await CreateAsync();
        foreach (var (runId, minute) in new[] { ("run-b", 2), ("run-a", 2), ("run-c", 1), ("run-d", 3) })
            await storage.Journal.AppendAsync(Tenant, Run(runId, 1, Noon.AddMinutes(minute)), Entries(runId, 1, 1), Lease, Token);

        Assert.Equal(["run-d", "run-b", "run-a", "run-c"], await ListAsync(RunFilter.All));
        Assert.Equal(["run-d", "run-b"], await ListAsync(new() { Limit = 2 }));

        async Task<IEnumerable<string>> ListAsync(RunFilter filter) =>
            (await storage.Journal.ListRunsAsync(Tenant, filter, Token)).Select(run => run.RunId);
    }

    /// <summary>Every condition of the filter holds.</summary>
    [Fact]
    public async Task ListRuns_WithAFilter_GivesOnlyWhatMatches()
    {
        await using var storage = await CreateAsync();
        await AddAsync(Run("run-a", 1) with { State = RunState.Waiting });
        await AddAsync(Run("run-b", 1) with { State = RunState.Waiting, ThreadId = "thread-2" });
        await AddAsync(Run("run-c", 1) with { ThreadId = "thread-2" });

        Assert.Equal(["run-b", "run-a"], await ListAsync(new() { State = RunState.Waiting }));
        Assert.Equal(["run-c", "run-b"], await ListAsync(new() { ThreadId = "thread-2" }));
        Assert.Equal(["run-b"], await ListAsync(new() { State = RunState.Waiting, ThreadId = "thread-2" }));

        async Task AddAsync(RunRecord run) => await storage.Journal.AppendAsync(Tenant, run, Entries(run.RunId, 1, 1), Lease, Token);
        async Task<IEnumerable<string>> ListAsync(RunFilter filter) =>
            (await storage.Journal.ListRunsAsync(Tenant, filter, Token)).Select(run => run.RunId);
    }

    /// <summary>The samples of an eval and of a test case are found, in pages too, and ordinary runs are none of them.</summary>
    [Fact]
    public async Task ListRuns_OfAnEvalOrATestCase_GivesItsSamples()
    {
        await using var storage = await CreateAsync();
        await AddAsync(Run("run-a", 1) with { EvalSample = Sample("eval-1", "case-1") });
        await AddAsync(Run("run-b", 1) with { EvalSample = Sample("eval-1", "case-2"), ThreadId = "thread-2" });
        await AddAsync(Run("run-c", 1) with { EvalSample = Sample("eval-1", "case-1", 2), State = RunState.Finished });
        await AddAsync(Run("run-d", 1) with { EvalSample = Sample("eval-2", "case-1") });
        await AddAsync(Run("run-e", 1));

        Assert.Equal(["run-c", "run-b", "run-a"], await ListAsync(new() { EvalRunId = "eval-1" }));
        Assert.Equal(["run-d", "run-c", "run-a"], await ListAsync(new() { TestCaseId = "case-1" }));
        Assert.Equal(["run-c", "run-a"], await ListAsync(new() { EvalRunId = "eval-1", TestCaseId = "case-1" }));
        Assert.Equal(["run-c"], await ListAsync(new() { EvalRunId = "eval-1", State = RunState.Finished, UpdatedBy = Noon.AddDays(1) }));
        Assert.Equal(["run-b"], await ListAsync(new() { EvalRunId = "eval-1", ThreadId = "thread-2" }));
        Assert.Equal(["run-b"], await ListAsync(new() { EvalRunId = "eval-1", After = new(Noon, "run-c"), Limit = 1 }));
        Assert.Empty(await ListAsync(new() { EvalRunId = "eval-3" }));
        Assert.Empty(await storage.Journal.ListRunsAsync(OtherTenant, new() { EvalRunId = "eval-1" }, Token));

        async Task AddAsync(RunRecord run) => await storage.Journal.AppendAsync(Tenant, run, Entries(run.RunId, 1, 1), Lease, Token);
        async Task<IEnumerable<string>> ListAsync(RunFilter filter) =>
            (await storage.Journal.ListRunsAsync(Tenant, filter, Token)).Select(run => run.RunId);
    }

    /// <summary>Runs that nobody who is alive drives are found; a run has no owner when it was released, and none who lives when that one expired.</summary>
    [Fact]
    public async Task ListRuns_ThatNobodyOwns_LeavesOutThoseOfTheLiving()
    {
        await using var storage = await CreateAsync();
        await storage.Leases.RenewAsync(Tenant, "alive", Noon.AddMinutes(5), Token);
        await storage.Leases.RenewAsync(Tenant, "late", Noon, Token);
        foreach (var (runId, owner) in new[] { ("run-a", "alive"), ("run-b", "late"), ("run-c", "never-seen"), ("run-d", "alive") })
            await storage.Journal.AppendAsync(Tenant, Run(runId, 1), Entries(runId, 1, 1), RunLease.First(owner), Token);
        await storage.Leases.ReleaseAsync(Tenant, "run-d", RunLease.First("alive"), Token);

        Assert.Equal(["run-d", "run-c", "run-b"], await ListAsync(Noon));
        Assert.Equal(["run-d", "run-c"], await ListAsync(Noon.AddMilliseconds(-1)));
        Assert.Equal(["run-d", "run-c", "run-b", "run-a"], await ListAsync(Noon.AddMinutes(5)));

        async Task<IEnumerable<string>> ListAsync(DateTimeOffset now) =>
            (await storage.Journal.ListRunsAsync(Tenant, new() { State = RunState.Running, UnownedAt = now }, Token)).Select(run => run.RunId);
    }

    /// <summary>Word that a run is to be cancelled stays until it has ended, and can be left for no run that has.</summary>
    [Fact]
    public async Task RequestCancel_OfARun_IsFoundUntilTheRunHasEnded()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run("run-a", 1), Entries("run-a", 1, 1), Lease, Token);
        await storage.Journal.AppendAsync(Tenant, Run("run-b", 1), Entries("run-b", 1, 1), Lease, Token);
        await storage.Journal.AppendAsync(Tenant, Run("run-c", 1) with { State = RunState.Failed }, Entries("run-c", 1, 1), Lease, Token);

        Assert.True(await storage.Journal.RequestCancelAsync(Tenant, "run-a", Token));
        Assert.True(await storage.Journal.RequestCancelAsync(Tenant, "run-a", Token));
        Assert.False(await storage.Journal.RequestCancelAsync(Tenant, "run-c", Token));
        Assert.False(await storage.Journal.RequestCancelAsync(Tenant, "run-x", Token));
        Assert.False(await storage.Journal.RequestCancelAsync(OtherTenant, "run-b", Token));

        await storage.Journal.AppendAsync(Tenant, Run("run-a", 2), Entries("run-a", 2, 1), Lease, Token);
        Assert.Equal(["run-a"], await ListAsync());
        await storage.Journal.AppendAsync(Tenant, Run("run-a", 3) with { State = RunState.Cancelled }, Entries("run-a", 3, 1), Lease, Token);
        Assert.Empty(await ListAsync());

        async Task<IEnumerable<string>> ListAsync() =>
            (await storage.Journal.ListRunsAsync(Tenant, new() { IsCancelRequested = true }, Token)).Select(run => run.RunId);
    }

    /// <summary>A page goes on after the last run of the page before, also among runs of one instant.</summary>
    [Fact]
    public async Task ListRuns_AfterARun_GivesTheNextPage()
    {
        await using var storage = await CreateAsync();
        foreach (var (runId, minute) in new[] { ("run-b", 2), ("run-a", 2), ("run-c", 1), ("run-d", 3) })
            await storage.Journal.AppendAsync(Tenant, Run(runId, 1, Noon.AddMinutes(minute)), Entries(runId, 1, 1), Lease, Token);

        var seen = new List<string>();
        RunCursor? after = null;
        while ((await storage.Journal.ListRunsAsync(Tenant, new() { After = after, Limit = 1 }, Token)) is [var run])
        {
            seen.Add(run.RunId);
            after = new(run.StartedAt, run.RunId);
        }

        Assert.Equal(["run-d", "run-b", "run-a", "run-c"], seen);
    }

    /// <summary>Runs that have ended go with all their entries; others, and those of another tenant, stay.</summary>
    [Fact]
    public async Task RemoveRuns_OfSeveral_RemovesOnlyThoseThatHaveEnded()
    {
        await using var storage = await CreateAsync();
        foreach (var (runId, state) in new[] { ("run-a", RunState.Finished), ("run-b", RunState.Running), ("run-c", RunState.Waiting), ("run-d", RunState.Failed), ("run-e", RunState.Cancelled) })
            await storage.Journal.AppendAsync(Tenant, Run(runId, 2) with { State = state }, Entries(runId, 1, 2), Lease, Token);
        await storage.Journal.AppendAsync(OtherTenant, Run("run-a", 1) with { State = RunState.Finished }, Entries("run-a", 1, 1), Lease, Token);

        Assert.Equal(2, await storage.Journal.RemoveRunsAsync(Tenant, ["run-a", "run-b", "run-c", "run-d", "run-x"], Token));

        Assert.Equal(["run-e", "run-c", "run-b"], (await storage.Journal.ListRunsAsync(Tenant, RunFilter.All, Token)).Select(run => run.RunId));
        Assert.Empty(await ReadAsync(storage, Tenant, "run-a"));
        Assert.Null(await storage.Journal.GetRunAsync(Tenant, "run-d", Token));
        Assert.Equal(2, (await ReadAsync(storage, Tenant, "run-b")).Count);
        Assert.Single(await ReadAsync(storage, OtherTenant, "run-a"));
        Assert.True(await storage.Journal.AppendAsync(Tenant, Run("run-a", 1), Entries("run-a", 1, 1), Lease, Token));
    }

    /// <summary>A limit is from 1 to 1000.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task ListRuns_WithALimitOutOfRange_IsRefused(int limit)
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await storage.Journal.ListRunsAsync(Tenant, new() { Limit = limit }, Token));
    }
}

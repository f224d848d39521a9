using System.Collections.Concurrent;
using Sluice.Journal;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Leases;

/// <summary>Two runtimes on one storage, as two processes are: one drives a run, the other looks, decides, cancels, or takes over.</summary>
public sealed class OwnershipTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private readonly ConcurrentQueue<string> _effects = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_OfARunThatAnotherRuntimeDrives_IsRefused()
    {
        await using var owner = Open();
        await using var other = Open();
        var run = await WatchedRun.StartAsync(owner, Script.Of(Script.Call("pay"), Script.Text("done")));
        await run.AskedAsync();

        (await other.ResumeAsync(run.RunId, Token).ToListAsync(Token).AsTask().ShouldFailAsync("run_active")).Retryable.ShouldBeTrue();

        (await run.DecideAsync(ApprovalOutcome.Approve)).ShouldFinish();
        _effects.ShouldBe(["pay"]);
    }

    [Theory]
    [InlineData(RunRecovery.None)]
    [InlineData(RunRecovery.Decided)]
    public async Task Decision_TakenElsewhere_IsTakenUpByTheOwner(RunRecovery recovery)
    {
        await using var owner = Open();
        await using var other = Open(options => options.Recovery = recovery);
        var run = await WatchedRun.StartAsync(owner, Script.Of(Script.Call("pay"), Script.Text("done")));
        var id = (await run.AskedAsync())[0].Id;

        await other.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ana");

        (await run.EndedAsync()).ShouldFinish();
        (await WatchedRun.Join(other, run.RunId).EndedAsync()).ToJson().ShouldBe(run.Events.ToJson());
        _effects.ShouldBe(["pay"]);
    }

    [Fact]
    public async Task Decision_OnARunThatNobodyDrives_BringsItBackOnlyWhereTheOptionsLetIt()
    {
        var run = await LeaveWaitingAsync();
        await using var looker = Open(options => options.Recovery = RunRecovery.None);

        await looker.RespondToApprovalAsync((await looker.ListApprovalsAsync())[0].Id, ApprovalOutcome.Approve);
        (await looker.GetRunAsync(run))!.State.ShouldBe(RunState.Waiting);
        _effects.ShouldBeEmpty();

        // The decision is there and its run has not heard: whoever opens the storage next goes on.
        await using var next = Open();
        (await WatchedRun.Join(next, run).EndedAsync()).ShouldFinish();
        _effects.ShouldBe(["pay"]);
        (await next.ListApprovalsAsync(ApprovalFilter.Unapplied)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhoseOwnerIsLate_IsTakenOverAndTheLateOneCannotWrite()
    {
        var (slow, fast) = (new ManualTimeProvider(), new ManualTimeProvider());
        fast.Advance(TimeSpan.FromSeconds(31));
        await using var late = Open(options => options.TimeProvider = slow);
        await using var next = Open(options => options.TimeProvider = fast);
        var run = await WatchedRun.StartAsync(late, Script.Of(Script.Call("look"), Script.Text("done")));
        await _begun.Task.WaitAsync(Patience, Token);

        var resumed = next.ResumeAsync(run.RunId, Token).ReadToEndAsync();
        while ((await _storage.Leases.ListOwnersAsync(Sample.Tenant, Token)).Count < 2) await Task.Yield();
        _release.SetResult();

        (await resumed).ShouldFinish();
        // Readers at the late one are told what happened elsewhere, not that the run failed.
        (await run.EndedAsync()).ShouldFinish();
        var entries = await _storage.Journal.ReadAsync(Sample.Tenant, run.RunId, 0, Token).ToListAsync(Token);
        JournalHash.FindBreak(entries).ShouldBeNull();
        entries.Count(entry => entry.Kind == JournalEntryKind.ToolCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task Owner_StoppedBetweenClaimAndEffect_DoesNotBeginTheEffectOnceTheRunIsAnothers()
    {
        var time = new StoppedProcess();
        var faulty = new FaultyStorage(_storage).After(StorageOperation.AppendEntries, async call =>
        {
            if (!call.Entries.Any(entry => entry.Kind == JournalEntryKind.ToolStarted)) return;
            // The process stands still here for a minute, and somebody else takes the run.
            var later = time.GetUtcNow().AddMinutes(1);
            await _storage.Leases.RenewAsync(Sample.Tenant, "another", later.AddMinutes(1), Token);
            (await _storage.Leases.TryAcquireAsync(Sample.Tenant, call.Entries[0].RunId, "another", later, Token)).ShouldNotBeNull();
            time.Now = later;
        });
        await using var owner = Open(options => (options.Storage, options.TimeProvider) = (faulty, time));

        var run = await owner.StartAsync(new() { Prompt = Script.Of(Script.Call("send"), Script.Text("done")) }, Token);

        (await run.Completion.WaitAsync(Patience, Token)).ShouldBeOfType<ErrorEvent>().Error.Code.ShouldBe("lease_lost");
        _effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_LeftInTheMiddle_IsListedAsInterruptedUntilItIsResumed()
    {
        string runId;
        await using (var first = Open())
        {
            runId = (await first.StartAsync(new() { Prompt = Script.Of(Script.Call("look"), Script.Text("done")) }, Token)).RunId;
            await _begun.Task.WaitAsync(Patience, Token);
            (await first.GetRunAsync(runId))!.State.ShouldBe(RunState.Running);
            (await first.ListRunsAsync(new() { State = RunState.Interrupted })).ShouldBeEmpty();
        }

        _release.SetResult();
        await using var second = Open();
        (await second.GetRunAsync(runId))!.State.ShouldBe(RunState.Interrupted);
        (await second.ListRunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Interrupted);
        (await second.ListRunsAsync(new() { State = RunState.Interrupted })).ShouldHaveSingleItem().RunId.ShouldBe(runId);

        (await second.ResumeAsync(runId, Token).ReadToEndAsync()).ShouldFinish();
        (await second.ListRunsAsync(new() { State = RunState.Interrupted })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runtime_ThatRecoversInterruptedRuns_TakesThemUpAtItsStart()
    {
        var runIds = new List<string>();
        await using (var first = Open())
        {
            foreach (var thread in new[] { "a", "b", "c" })
                runIds.Add((await first.StartAsync(new() { Prompt = Script.Of(Script.Call("look"), Script.Text("done")), ThreadId = thread }, Token)).RunId);
            await _begun.Task.WaitAsync(Patience, Token);
        }

        _release.SetResult();
        await using var second = Open(options => options.Recovery = RunRecovery.Interrupted);

        foreach (var runId in runIds) (await WatchedRun.Join(second, runId).EndedAsync()).ShouldFinish();
    }

    [Theory]
    [InlineData("pay")]
    [InlineData("look")]
    public async Task Cancel_OfARunThatAnotherRuntimeDrives_IsDoneByItsOwner(string tool)
    {
        await using var owner = Open();
        await using var other = Open();
        var run = await WatchedRun.StartAsync(owner, Script.Of(Script.Call(tool), Script.Text("done")));
        if (tool == "pay") await run.AskedAsync();
        else await _begun.Task.WaitAsync(Patience, Token);

        await other.CancelAsync(run.RunId, Token).WaitAsync(Patience, Token);

        (await run.EndedAsync()).ShouldFinish(FinishReason.Cancelled);
        (await other.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Cancelled);
        (await other.ListApprovalsAsync()).ShouldBeEmpty();
        _effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Thread_HeldByARunElsewhere_LetsTheNextOneWait()
    {
        await using var owner = Open();
        await using var other = Open();
        var first = await WatchedRun.StartAsync(owner, Script.Of(Script.Call("look"), Script.Text("one")), threadId: "t");
        await _begun.Task.WaitAsync(Patience, Token);
        var second = await WatchedRun.StartAsync(other, Script.Of(Script.Text("two")), threadId: "t");
        while ((await _storage.Threads.ListRunsAsync(Sample.Tenant, "t", Token)).Count < 2) await Task.Yield();
        var third = await WatchedRun.StartAsync(owner, Script.Of(Script.Text("three")), threadId: "t");
        second.Events.OfType<TextEvent>().ShouldBeEmpty();

        _release.SetResult();

        foreach (var run in new[] { first, second, third }) (await run.EndedAsync()).ShouldFinish();
        (await other.GetRunAsync(second.RunId))!.ThreadOrdinal.ShouldBe(2);
        (await owner.GetRunAsync(third.RunId))!.ThreadOrdinal.ShouldBe(3);
    }

    [Fact]
    public async Task Thread_WhoseHolderDied_IsNotHeldByIt()
    {
        var crashing = new FaultyStorage(_storage).CrashAfter(
            StorageOperation.AppendEntries, call => call.Entries.Any(entry => entry.Kind == JournalEntryKind.TurnCompleted));
        await using var dead = Open(options => options.Storage = crashing);
        await (await dead.StartAsync(new() { Prompt = Script.Of(Script.Call("look"), Script.Text("one")), ThreadId = "t" }, Token)).Completion;

        await using var next = Open();
        (await next.RunAsync(Script.Of(Script.Text("two")), "t").WaitAsync(Patience, Token)).ShouldFinish();
    }

    private async Task<string> LeaveWaitingAsync()
    {
        await using var first = Open();
        var run = await WatchedRun.StartAsync(first, Script.Of(Script.Call("pay"), Script.Text("done")));
        await run.AskedAsync();
        return run.RunId;
    }

    private SluiceRuntime Open(Action<RuntimeOptions>? configure = null) => Sample.Scripted(
        Sample.Agent(
            Sample.Tool("pay", Effect("pay")) with { Approval = Approval.Always },
            Sample.Tool("send", Effect("send")),
            Sample.Tool(
                "look",
                async ctx =>
                {
                    _begun.TrySetResult();
                    await _release.Task.WaitAsync(ctx.CancellationToken);
                    return "seen";
                },
                ToolEffect.ReadOnly)),
        options =>
        {
            options.Storage = _storage;
            configure?.Invoke(options);
        });

    private Func<ToolContext, Task<object?>> Effect(string name) => _ =>
    {
        _effects.Enqueue(name);
        return Task.FromResult<object?>("ok");
    };

    /// <summary>The clock of a process that stands still while time passes: none of its timers fires.</summary>
    private sealed class StoppedProcess : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

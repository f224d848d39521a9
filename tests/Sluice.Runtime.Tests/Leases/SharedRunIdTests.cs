using Sluice.Testing;

namespace Sluice.Runtime.Tests.Leases;

/// <summary>Two runtimes on one storage meet at the id of one run, or one of them leaves: whoever reads it is never left waiting.</summary>
public sealed class SharedRunIdTests
{
    private const string RunId = "run-shared";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryStorage _storage = MemoryStorage.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_ThatJoinedARunWhichAnotherRuntimeBeganFirst_ReadsThatOne()
    {
        await using var first = Open(_storage);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var faulty = new FaultyStorage(_storage).Before(StorageOperation.AppendEntries, async _ =>
        {
            reached.TrySetResult();
            await release.Task;
        });
        await using var second = Open(faulty);
        var refused = second.StartAsync(new() { Prompt = Script.Of(Script.Text("second")), RunId = RunId }, Token);
        await reached.Task.WaitAsync(Patience, Token);
        var joined = second.ResumeAsync(RunId, Token).ToListAsync(Token).AsTask();
        (await first.StartAsync(new() { Prompt = Script.Of(Script.Text("first")), RunId = RunId }, Token)).RunId.ShouldBe(RunId);

        release.SetResult();

        await refused.ShouldFailAsync(ErrorCodes.RunActive);
        (await joined.WaitAsync(Patience, Token)).ShouldFinish();
    }

    [Fact]
    public async Task Resume_ThatJoinedARunWhichTheStoreDidNotTake_HearsWhy()
    {
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var faulty = new FaultyStorage(_storage).Before(StorageOperation.AppendEntries, async _ =>
        {
            reached.TrySetResult();
            await release.Task;
            throw new SluiceException(ErrorCodes.StoreFull, "The disk is full.");
        });
        await using var runtime = Open(faulty);
        var refused = runtime.StartAsync(new() { Prompt = Script.Of(Script.Text("never")), RunId = RunId }, Token);
        await reached.Task.WaitAsync(Patience, Token);
        var joined = runtime.ResumeAsync(RunId, Token).ToListAsync(Token).AsTask();

        release.SetResult();

        var failure = await Should.ThrowAsync<SluiceException>(() => refused);
        (await joined.WaitAsync(Patience, Token)).ShouldHaveSingleItem().ShouldBeOfType<ErrorEvent>().Error.Code.ShouldBe(failure.Code);
    }

    [Fact]
    public async Task Reader_OfARunThatAnotherRuntimeDrives_EndsWithItsOwnRuntime()
    {
        await using var owner = Open(_storage);
        var run = await WatchedRun.StartAsync(owner, Script.Of(Script.Call("pay")));
        await run.AskedAsync();
        var reader = Open(_storage);
        var waiting = new TaskCompletionSource();
        var reading = Task.Run(
            async () =>
            {
                await foreach (var e in reader.EventsAsync(run.RunId, cancellationToken: Token))
                    if (e is ApprovalRequiredEvent) waiting.TrySetResult();
            },
            Token);
        await waiting.Task.WaitAsync(Patience, Token);

        await reader.DisposeAsync();

        await reading.WaitAsync(Patience, Token).ShouldFailAsync(ErrorCodes.ShuttingDown);
    }

    [Fact]
    public async Task Resume_ThatIsStillReadingWhenTheRuntimeLeaves_DrivesNothing()
    {
        var left = await LeaveWaitingAsync();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var faulty = new FaultyStorage(_storage).Before(StorageOperation.ReadEntries, async _ =>
        {
            reached.TrySetResult();
            await release.Task;
        });
        var runtime = Open(faulty);
        var resuming = runtime.ResumeAsync(left, Token).ToListAsync(Token).AsTask();
        await reached.Task.WaitAsync(Patience, Token);
        await runtime.DisposeAsync();

        release.SetResult();

        await resuming.WaitAsync(Patience, Token).ShouldFailAsync(ErrorCodes.ShuttingDown);
        await using var next = Open(_storage);
        (await next.GetRunAsync(left, Token))!.State.ShouldBe(RunState.Waiting);
    }

    [Fact]
    public async Task Resume_WhileARunOfItsIdIsBegun_StaysWhereShutdownFindsIt()
    {
        var left = await LeaveWaitingAsync();
        var (reading, readOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (beginning, beginOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var faulty = new FaultyStorage(_storage)
            .Before(StorageOperation.ReadEntries, async _ =>
            {
                reading.TrySetResult();
                await readOn.Task;
            })
            .Before(StorageOperation.AppendEntries, async call =>
            {
                if (call.Entries[0].Sequence > 1) return;
                beginning.TrySetResult();
                await beginOn.Task;
            });
        var runtime = Open(faulty);
        var resumed = Task.Run(
            async () =>
            {
                var last = default(RuntimeEvent);
                await foreach (var e in runtime.ResumeAsync(left, Token)) last = e;
                return last;
            },
            Token);
        await reading.Task.WaitAsync(Patience, Token);
        var refused = runtime.StartAsync(new() { Prompt = Script.Of(Script.Text("again")), RunId = left }, Token);
        await beginning.Task.WaitAsync(Patience, Token);

        readOn.SetResult();
        // Driven, the run is back at its gate, and looks at the request there.
        while (faulty.CountOf(StorageOperation.GetApproval) == 0) await Task.Yield();
        beginOn.SetResult();
        await refused.ShouldFailAsync(ErrorCodes.RunActive);
        await runtime.DisposeAsync();

        (await resumed.WaitAsync(Patience, Token)).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Suspended);
    }

    private static SluiceRuntime Open(Sluice.Storage.IRuntimeStorage storage) => Sample.Scripted(
        Sample.Agent(Sample.Tool("pay", _ => Task.FromResult<object?>("paid")) with { Approval = Approval.Always }),
        options =>
        {
            options.Storage = storage;
            options.Recovery = RunRecovery.None;
        });

    private async Task<string> LeaveWaitingAsync()
    {
        await using var first = Open(_storage);
        var run = await WatchedRun.StartAsync(first, Script.Of(Script.Call("pay")));
        await run.AskedAsync();
        return run.RunId;
    }
}

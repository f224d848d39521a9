using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Processes;

public sealed class TwoProcessTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Write_WhileAnotherProcessHoldsTheFile_IsBusyAfterTheTimeoutAndWorksAgainLater()
    {
        await using var storage = _store.Open(new() { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        await storage.AppendAsync("run-1", 1);
        using var child = ChildProcess.Start(ChildWork.HoldLock, _store.Path);
        (await child.ReadLineAsync()).ShouldBe("held");

        var refused = await Task.WhenAll(Enumerable.Range(2, 5).Select(async run =>
            await Should.ThrowAsync<SluiceException>(async () => await storage.AppendAsync($"run-{run}", 1))));

        refused.ShouldAllBe(failure => failure.Code == ErrorCodes.StoreBusy && failure.Retryable && failure.Message.Contains("Another process"));
        (await storage.ReadAsync("run-1")).Count.ShouldBe(1);

        await child.GoOnAsync();
        (await child.ReadLineAsync()).ShouldBe("released");
        (await storage.AppendAsync("run-2", 1)).ShouldBeTrue();
    }

    [Fact]
    public async Task Write_WhileAnotherProcessHoldsTheFileForAMoment_WaitsForIt()
    {
        await using var storage = _store.Open(new() { BusyTimeout = TemporaryStore.Patience });
        using var child = ChildProcess.Start(ChildWork.HoldLock, _store.Path);
        (await child.ReadLineAsync()).ShouldBe("held");

        var append = storage.AppendAsync("run-1", 1);
        append.IsCompleted.ShouldBeFalse();
        await child.GoOnAsync();

        (await append).ShouldBeTrue();
    }

    [Fact]
    public async Task Changes_OfAnotherProcess_WakeWhoWaitsForThem()
    {
        await using var storage = _store.Open();
        await storage.AppendAsync("run-1", 1);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-1"), default);
        using var child = ChildProcess.Start(ChildWork.Decide, _store.Path);
        (await child.ReadLineAsync()).ShouldBe("found");

        var decided = WaitUntilDecidedAsync(storage);
        await child.GoOnAsync();
        (await decided.WaitAsync(TemporaryStore.Patience)).Decision!.DecidedBy.ShouldBe("ann");

        var appended = storage.Journal.WaitAsync(Tenant, "run-1", 1, default);
        appended.IsCompleted.ShouldBeFalse();
        await child.GoOnAsync();
        await appended.WaitAsync(TemporaryStore.Patience);
        (await storage.ReadAsync("run-1", 1)).Count.ShouldBe(1);
        (await child.WaitForExitAsync()).ShouldBe(0);
    }

    /// <summary>Two storages in one process are to SQLite what two processes are.</summary>
    [Fact]
    public async Task Appends_ThroughTwoStorages_SucceedForExactlyOneOfThem()
    {
        await using var one = _store.Open();
        await using var other = _store.Open();
        for (var sequence = 1; sequence <= 50; sequence++)
        {
            var next = sequence;
            var won = await Task.WhenAll(new[] { one, other }.Select(storage => Task.Run(async () => await storage.AppendAsync("run-1", next))));
            won.Count(isWinner => isWinner).ShouldBe(1);
        }

        (await other.ReadAsync("run-1")).Count.ShouldBe(50);
    }

    private static async Task<ApprovalRequest> WaitUntilDecidedAsync(SqliteStorage storage)
    {
        while (true)
        {
            var closed = storage.Approvals.WaitAsync(Tenant, default);
            if (await storage.Approvals.GetAsync(Tenant, "apr-1", default) is { Status: ApprovalStatus.Decided } request) return request;
            await closed;
        }
    }
}

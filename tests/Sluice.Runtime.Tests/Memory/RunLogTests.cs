using Sluice.Journal;
using Sluice.Runtime.Memory;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Memory;

public sealed class RunLogTests
{
    private static readonly RunRecord Run = new()
    {
        RunId = "run-1",
        ThreadId = "thread-1",
        ThreadOrdinal = 1,
        EntryAgent = "coordinator",
        State = RunState.Running,
        StartedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        LastEntry = 1,
        LastEvent = 1,
    };

    private static readonly RunLease Lease = RunLease.First("owner-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Append_ToMemory_CompletesBeforeItReturns()
    {
        var append = MemoryStorage.Create().Journal.AppendAsync(new() { ResourceId = "tenant-1", Version = "1" }, Run, [Entry(1)], Lease, Token);

        append.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Read_BesideAnAppend_GivesWhatWasThereWhenItBegan()
    {
        var log = new RunLog();
        log.TryAppend(Run, [Entry(1), Entry(2)], Lease);
        using var reading = log.Read("run-1", 0, Token).GetEnumerator();
        reading.MoveNext().ShouldBeTrue();

        log.TryAppend(Run, [Entry(3), Entry(4), Entry(5)], Lease);

        reading.MoveNext().ShouldBeTrue();
        reading.Current.Sequence.ShouldBe(2);
        reading.MoveNext().ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_ByManyOfOneRun_SharesOneSource()
    {
        var log = new RunLog();
        using var cancellation = new CancellationTokenSource();
        var waits = Enumerable.Range(0, 1000).Select(_ => log.WaitAsync(0, cancellation.Token)).ToArray();
        var lasting = log.WaitAsync(0, CancellationToken.None);
        log.WaitAsync(0, CancellationToken.None).ShouldBeSameAs(lasting);

        await cancellation.CancelAsync();
        log.TryAppend(Run, [Entry(1)], Lease);

        await lasting.WaitAsync(TimeSpan.FromSeconds(30), Token);
        foreach (var wait in waits) await Should.ThrowAsync<OperationCanceledException>(() => wait);
    }

    private static JournalEntry Entry(long sequence) => new()
    {
        RunId = "run-1",
        Sequence = sequence,
        Kind = JournalEntryKind.EventEmitted,
        Key = "main/1",
        At = DateTimeOffset.UnixEpoch,
        Data = "{}"u8.ToArray(),
        EventSequence = 0,
        PreviousHash = JournalHash.Origin,
        Hash = JournalHash.Origin,
    };
}

using Sluice.Journal;
using Sluice.Storage;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Journal;

/// <summary>The writer remembers where its runs ended; the file may have gone on without it.</summary>
public sealed class RunTailTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SqliteStorage _storage;
    private readonly SqliteStorage _other;

    public RunTailTests() => (_storage, _other) = (_store.Open(), _store.Open());

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _other.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Append_RunThatAnotherStorageWroteToMeanwhile_ChecksAndChainsWhatIsStored()
    {
        var entries = Chain(1, 4);
        (await AppendAsync(_storage, entries[0], Lease)).ShouldBeTrue();
        var theirs = await TakeAsync(_other, "owner-2", Lease);
        (await AppendAsync(_other, entries[1], theirs)).ShouldBeTrue();

        (await AppendAsync(_storage, entries[1], Lease)).ShouldBeFalse();
        var mine = await TakeAsync(_storage, Lease.Owner, theirs);
        (await AppendAsync(_storage, entries[1], mine)).ShouldBeFalse();
        (await AppendAsync(_storage, entries[2], mine)).ShouldBeTrue();
        (await AppendAsync(_storage, entries[3], mine)).ShouldBeTrue();

        JournalHash.FindBreak(await _other.ReadAsync("run-1"), 4).ShouldBeNull();
    }

    [Fact]
    public async Task Append_RunThatWasRemovedElsewhereAndItsKeyGivenToAnotherRun_LeavesThatOneAlone()
    {
        (await _storage.AppendAsync("run-1", 1)).ShouldBeTrue();
        using (var file = _store.Connect(TemporaryStore.Patience))
            file.Execute("UPDATE runs SET run_id = 'run-2'");

        (await _storage.AppendAsync("run-1", 2)).ShouldBeFalse();

        (await _storage.Journal.GetRunAsync(Tenant, "run-2", default))!.LastEntry.ShouldBe(1);
    }

    [Fact]
    public async Task Append_EntryThatDoesNotNameTheHashBeforeIt_IsStoredAsItIs()
    {
        var entries = Chain(1, 2);
        (await AppendAsync(_storage, entries[0], Lease)).ShouldBeTrue();
        (await AppendAsync(_storage, Entry("run-1", 2, entries[1].Hash), Lease)).ShouldBeTrue();

        (await _storage.ReadAsync("run-1"))[1].PreviousHash.ToArray().ShouldBe(entries[1].Hash.ToArray());
    }

    private static List<JournalEntry> Chain(long first, int count)
    {
        var entries = new List<JournalEntry>();
        var previous = JournalHash.Origin;
        for (var sequence = first; sequence < first + count; sequence++)
        {
            entries.Add(Entry("run-1", sequence, previous));
            previous = entries[^1].Hash;
        }

        return entries;
    }

    private static ValueTask<bool> AppendAsync(SqliteStorage storage, JournalEntry entry, RunLease lease) =>
        storage.Journal.AppendAsync(Tenant, Run("run-1", entry.Sequence), [entry], lease, default);

    private static async Task<RunLease> TakeAsync(SqliteStorage storage, string owner, RunLease from)
    {
        await storage.Leases.ReleaseAsync(Tenant, "run-1", from, default);
        return (await storage.Leases.TryAcquireAsync(Tenant, "run-1", owner, Noon, default))!.Value;
    }
}

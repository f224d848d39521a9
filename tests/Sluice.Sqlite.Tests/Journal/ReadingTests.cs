using Sluice.Journal;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Journal;

public sealed class ReadingTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SqliteStorage _storage;

    public ReadingTests() => _storage = _store.Open();

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _store.Dispose();
    }

    /// <summary>A read that is open would keep the log from being emptied, and it would grow for as long as the reader takes.</summary>
    [Fact]
    public async Task Read_ByAConsumerThatStopsInTheMiddle_HoldsNothingOpen()
    {
        await AppendAsync(1, 600);
        await using var entries = _storage.Journal.ReadAsync(Tenant, "run-1", 0, default).GetAsyncEnumerator();
        (await entries.MoveNextAsync()).ShouldBeTrue();

        await AppendAsync(601, 10);
        using (var other = _store.Connect())
        {
            using var checkpoint = other.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
            checkpoint.Step().ShouldBeTrue();
            checkpoint.Int64(0).ShouldBe(0, "The log is held.");
        }

        var seen = 1;
        while (await entries.MoveNextAsync()) entries.Current.Sequence.ShouldBe(++seen);
        seen.ShouldBe(610);
    }

    [Fact]
    public async Task Read_OfEntriesLargerThanAPage_GivesEachOnce()
    {
        for (var sequence = 1; sequence <= 5; sequence++) await _storage.AppendAsync("run-1", sequence, 700_000);

        (await _storage.ReadAsync("run-1")).Select(entry => entry.Sequence).ShouldBe([1, 2, 3, 4, 5]);
    }

    private async Task AppendAsync(long from, int count)
    {
        var entries = Enumerable.Range(0, count).Select(i => Entry("run-1", from + i, JournalHash.Origin)).ToList();
        (await _storage.Journal.AppendAsync(Tenant, Run("run-1", from + count - 1), entries, Lease, default)).ShouldBeTrue();
    }
}

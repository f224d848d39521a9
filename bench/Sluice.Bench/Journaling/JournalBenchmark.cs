using System.Buffers;
using System.Text.Json;
using Sluice.Bench.Measuring;
using Sluice.Journal;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Leases;

namespace Sluice.Bench.Journaling;

/// <summary>What it costs to record a step: JSON, hash, storage in memory, and its event.</summary>
internal static class JournalBenchmark
{
    private const int Entries = 50_000;
    private static readonly TenantSpec Tenant = Define.Tenant("bench", "v1");

    private static readonly ToolCompletedData Data = new()
    {
        ToolName = "stock_level",
        Result = JsonElement.Parse("""{"sku":"boot-4711","warehouse":"north","onHand":95,"reserved":7,"unitPrice":19.95}"""),
        DurationMs = 12,
    };

    public static async Task RunAsync()
    {
        Table.Title("Journal: one appended entry (tool_completed)", "the entry's data written as JSON and kept in a list");
        Table.Costs("append", await Comparison.RunAsync(Keep, AppendAsync, Entries));
        var entry = await CreateEntryAsync();
        var hash = await Comparison.RunAsync(AppendAsync, () => Hash(entry), Entries);
        Table.Figure("the hash alone, CPU ns", hash.Subject.CpuNanoseconds);
        Table.Figure("the hash alone, bytes", hash.Subject.Bytes);
        Table.Figure("the hash's share of the time, percent", 100 * hash.Subject.CpuNanoseconds / hash.Floor.CpuNanoseconds);
    }

    private static Task Keep()
    {
        var kept = new List<byte[]>();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        for (var index = 0; index < Entries; index++)
        {
            JournalJson.Write(writer, Data);
            writer.Flush();
            kept.Add(buffer.WrittenSpan.ToArray());
            buffer.ResetWrittenCount();
            writer.Reset();
        }

        return Task.CompletedTask;
    }

    private static async Task AppendAsync()
    {
        var published = 0;
        var journal = new RunJournal(MemoryStorage.Create().Journal, Tenant, TimeProvider.System, CreateRun(), Lease(), events => published += events.Count);
        for (var index = 0; index < Entries; index++) await journal.AppendAsync("main/1/call-1", "stock", Data);
        if (published != Entries) throw new InvalidOperationException($"{published} of {Entries} events were published.");
    }

    private static Task Hash(JournalEntry entry)
    {
        for (var index = 0; index < Entries; index++) JournalHash.Compute(entry);
        return Task.CompletedTask;
    }

    private static async Task<JournalEntry> CreateEntryAsync()
    {
        var store = MemoryStorage.Create().Journal;
        var journal = new RunJournal(store, Tenant, TimeProvider.System, CreateRun(), Lease(), _ => { });
        await journal.AppendAsync("main/1/call-1", "stock", Data);
        return await store.ReadAsync(Tenant, journal.Run.RunId, 0, CancellationToken.None).FirstAsync();
    }

    private static HeldLease Lease() =>
        new Ownership(MemoryStorage.Create().Leases, Tenant, TimeProvider.System, TimeSpan.FromMinutes(1)).Begin("run");

    private static RunRecord CreateRun() => new()
    {
        RunId = "run-0192f0c1d2e37a4b9c5d6e7f80912a3b",
        ThreadId = "thread-0192f0c1d2e37a4b9c5d6e7f80912a3c",
        ThreadOrdinal = 1,
        EntryAgent = "stock",
        State = RunState.Running,
        StartedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        LastEntry = 0,
        LastEvent = 0,
    };
}

using System.Text;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Sqlite.Tests;

/// <summary>Rows for tests.</summary>
internal static class Samples
{
    public static TenantSpec Tenant { get; } = new() { ResourceId = "tenant-a", Version = "1" };

    public static RunLease Lease { get; } = RunLease.First("owner-1");

    public static DateTimeOffset Noon { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static RunRecord Run(string runId, long lastEntry, RunState state = RunState.Running) => new()
    {
        RunId = runId,
        ThreadId = "thread-1",
        ThreadOrdinal = 1,
        EntryAgent = "coordinator",
        State = state,
        StartedAt = Noon,
        UpdatedAt = Noon.AddSeconds(lastEntry),
        LastEntry = lastEntry,
        LastEvent = lastEntry,
    };

    public static JournalEntry Entry(string runId, long sequence, ReadOnlyMemory<byte> previousHash, int bytes = 20)
    {
        var entry = new JournalEntry
        {
            RunId = runId,
            Sequence = sequence,
            Kind = JournalEntryKind.ToolCompleted,
            Key = $"main/{sequence}",
            At = Noon,
            Data = Encoding.UTF8.GetBytes($"\"{new string('x', bytes)}\""),
            EventSequence = sequence,
            PreviousHash = previousHash,
            Hash = JournalHash.Origin,
        };
        return entry with { Hash = JournalHash.Compute(entry) };
    }

    public static ValueTask<bool> AppendAsync(this IRuntimeStorage storage, string runId, long sequence, int bytes = 20) =>
        storage.Journal.AppendAsync(Tenant, Run(runId, sequence), [Entry(runId, sequence, JournalHash.Origin, bytes)], Lease, default);

    public static async Task<IReadOnlyList<JournalEntry>> ReadAsync(this IRuntimeStorage storage, string runId, long afterSequence = 0) =>
        await storage.Journal.ReadAsync(Tenant, runId, afterSequence, default).ToListAsync();

    public static ApprovalRequest Request(string id) => new()
    {
        Id = id,
        Kind = ApprovalKind.Tool,
        Target = "post",
        Payload = JsonElement.Parse("{}"),
        Digest = "d1",
        Policy = Approval.Always,
        Rule = "agents[executor].approval",
        RunId = "run-1",
        ThreadId = "thread-1",
        Agent = "executor",
        StepKey = "main/1/call-1",
        CreatedAt = Noon,
    };

    public static ReferenceEnvelope Reference(string id, long bytes, DateTimeOffset? expiresAt = null) =>
        new() { Kind = "table", Id = id, Glimpse = JsonElement.Parse("{}"), Bytes = bytes, CreatedAt = Noon, ExpiresAt = expiresAt };

    public static ValueTask<ReferenceEnvelope> PutAsync(this IRuntimeStorage storage, ReferenceEnvelope envelope, byte[] value) =>
        storage.References.PutAsync(Tenant, envelope, (stream, cancellationToken) => stream.WriteAsync(value, cancellationToken), default);
}

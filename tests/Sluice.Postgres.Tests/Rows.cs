using System.Text;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Postgres.Tests;

/// <summary>Rows for the tests of this room.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantSpec Tenant = new() { ResourceId = "tenant-1", Version = "1" };
    public static readonly RunLease Lease = RunLease.First("owner-1");

    /// <summary>How long a test waits for what must happen before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static RunRecord Run(string runId, long lastEntry, RunState state = RunState.Running) => new()
    {
        RunId = runId,
        ThreadId = "thread-1",
        ThreadOrdinal = 1,
        EntryAgent = "coordinator",
        State = state,
        StartedAt = Noon,
        UpdatedAt = Noon,
        LastEntry = lastEntry,
        LastEvent = lastEntry,
    };

    public static JournalEntry Entry(string runId, long sequence, ReadOnlyMemory<byte> previous, int size = 100)
    {
        var entry = new JournalEntry
        {
            RunId = runId,
            Sequence = sequence,
            Kind = JournalEntryKind.ToolStarted,
            Key = $"main/{sequence}",
            At = Noon,
            Data = Encoding.UTF8.GetBytes(new string('x', size)),
            EventSequence = sequence,
            PreviousHash = previous,
            Hash = JournalHash.Origin,
        };
        return entry with { Hash = JournalHash.Compute(entry) };
    }

    public static ValueTask<bool> AppendAsync(this IRuntimeStorage storage, string runId, JournalEntry entry, RunState state = RunState.Running) =>
        storage.Journal.AppendAsync(Tenant, Run(runId, entry.Sequence, state), [entry], Lease, CancellationToken.None);

    public static ValueTask<bool> AppendFirstAsync(this IRuntimeStorage storage, string runId) =>
        storage.AppendAsync(runId, Entry(runId, 1, JournalHash.Origin));

    public static async Task<List<JournalEntry>> ReadAsync(this IRuntimeStorage storage, string runId) =>
        await storage.Journal.ReadAsync(Tenant, runId, 0, CancellationToken.None).ToListAsync();

    public static ApprovalRequest Request(string id) => new()
    {
        Id = id,
        Kind = ApprovalKind.Tool,
        Target = "post",
        Payload = JsonElement.Parse("""{"amount":12.50}"""),
        Digest = "d1",
        Policy = Approval.Always,
        Rule = "rule",
        RunId = "run-1",
        ThreadId = "thread-1",
        Agent = "executor",
        StepKey = "main/1",
        CreatedAt = Noon,
    };

    public static ApprovalRequest Decided(string id) => Request(id) with
    {
        Status = ApprovalStatus.Decided,
        Version = 2,
        Decisions = [new() { Outcome = ApprovalOutcome.Approve, DecidedBy = "ann", At = Noon, Mac = "m1" }],
    };

    public static StoredPlan Plan(string planId) => new()
    {
        PlanId = planId,
        SpecName = "prices",
        Status = PlanStatus.Draft,
        Version = 1,
        Context = JsonElement.Parse("""{"limit":10.50}"""),
        Actions = [],
        ContentHash = "ab",
        ThreadId = "thread-1",
        RunId = "run-1",
        StepKey = "main/1",
        History = [new() { Status = PlanStatus.Draft, Version = 1, At = Noon, By = "planner" }],
    };

    public static ReferenceEnvelope Reference(string id, long bytes, DateTimeOffset? expiresAt = null) => new()
    {
        Kind = "table",
        Id = id,
        Glimpse = JsonElement.Parse("1"),
        Bytes = bytes,
        CreatedAt = Noon,
        ExpiresAt = expiresAt,
    };

    public static ValueTask<ReferenceEnvelope> PutAsync(this IRuntimeStorage storage, ReferenceEnvelope envelope, byte[] value) =>
        storage.References.PutAsync(Tenant, envelope, (stream, token) => stream.WriteAsync(value, token), CancellationToken.None);
}

using System.Text;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Storage;
using Xunit;

namespace Sluice.Testing;

/// <summary>Rows for the contract suites, and how to compare those that hold JSON.</summary>
internal static class StorageSamples
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 31, 12, 0, 0, 125, TimeSpan.Zero);

    /// <summary>The lease that the first append of each run takes.</summary>
    public static RunLease Lease { get; } = RunLease.First("owner-1");

    public static RunRecord Run(string runId, long lastEntry, DateTimeOffset? startedAt = null) => new()
    {
        RunId = runId,
        ThreadId = "thread-1",
        ThreadOrdinal = 1,
        EntryAgent = "coordinator",
        State = RunState.Running,
        StartedAt = startedAt ?? Noon,
        UpdatedAt = (startedAt ?? Noon).AddSeconds(lastEntry),
        LastEntry = lastEntry,
        LastEvent = lastEntry * 2,
    };

    public static EvalSample Sample(string evalRunId, string testCaseId, int sample = 1) =>
        new() { EvalRunId = evalRunId, TestCaseId = testCaseId, Sample = sample };

    /// <summary>Chained entries of one run.</summary>
    public static IReadOnlyList<JournalEntry> Entries(string runId, long from, int count, string text = "go")
    {
        var entries = new JournalEntry[count];
        var previous = JournalHash.Origin;
        for (var i = 0; i < count; i++)
        {
            entries[i] = Entry(runId, from + i, text, previous);
            previous = entries[i].Hash;
        }

        return entries;
    }

    public static JournalEntry Entry(string runId, long sequence, string text, ReadOnlyMemory<byte> previousHash)
    {
        var entry = new JournalEntry
        {
            RunId = runId,
            Sequence = sequence,
            Kind = JournalEntryKind.ToolStarted,
            Key = $"main/1/übung~1{sequence}#approval",
            Agent = sequence % 2 == 0 ? null : "plänner",
            At = Noon.AddMilliseconds(sequence),
            Data = Encoding.UTF8.GetBytes($$"""{"toolName":"{{text}}","attempt":{{sequence}}}"""),
            EventSequence = sequence * 2,
            PreviousHash = previousHash,
            Hash = JournalHash.Origin,
        };
        return entry with { Hash = JournalHash.Compute(entry) };
    }

    public static StoredPlan Plan(string planId, DateTimeOffset? storedAt = null, string threadId = "thread-1", PlanStatus status = PlanStatus.Draft) => new()
    {
        PlanId = planId,
        SpecName = "price_changes",
        Status = status,
        Version = 1,
        Context = JsonElement.Parse("""{"goal":"lower – naïvely","limit":10.50}"""),
        Actions =
        [
            new()
            {
                Kind = "price_change",
                Payload = JsonElement.Parse("""{"sku":"A-1","price":"4.20"}"""),
                References = [new() { Kind = "table", Id = "ref-1" }],
            },
        ],
        ContentHash = "ab12",
        ThreadId = threadId,
        RunId = "run-1",
        StepKey = "main/1/call-1",
        History = [new() { Status = status, Version = 1, At = storedAt ?? Noon, By = "planner" }],
    };

    public static ApprovalRequest Request(string id, DateTimeOffset? createdAt = null, string runId = "run-1", string threadId = "thread-1") => new()
    {
        Id = id,
        Kind = ApprovalKind.Tool,
        Target = "post",
        Payload = JsonElement.Parse("""{"amount":12.50,"to":"Zoë"}"""),
        Digest = "d1",
        Policy = Approval.Always with { ExpiresAfter = TimeSpan.FromMinutes(5), Approvers = ["ann"], Quorum = 2 },
        Rule = "agents[executor].approval",
        RunId = runId,
        ThreadId = threadId,
        Agent = "executor",
        StepKey = "main/1/call-1",
        CreatedAt = createdAt ?? Noon,
    };

    public static ApprovalDecision Decision(string decidedBy) => new()
    {
        Outcome = ApprovalOutcome.Approve,
        Feedback = "Fine.",
        Partial = JsonElement.Parse("""{"limit":5}"""),
        DecidedBy = decidedBy,
        At = Noon.AddMinutes(1),
        Mac = "m1",
    };

    public static ApprovalGrant Grant(string id, string toolName = "post", string runId = "run-1") =>
        new() { Id = id, Scope = ApprovalGrantScope.Run, ToolName = toolName, RunId = runId, GrantedBy = "ann", At = Noon };

    public static ReferenceEnvelope Reference(string id, long bytes, DateTimeOffset? expiresAt = null) => new()
    {
        Kind = "table",
        Id = id,
        Glimpse = JsonElement.Parse("""{"rows":2}"""),
        Bytes = bytes,
        CreatedAt = Noon,
        ExpiresAt = expiresAt,
    };

    /// <summary>Compares as JSON: stores may write it with other spaces or member orders.</summary>
    public static void AssertSame<T>(T expected, T? actual)
    {
        Assert.NotNull(actual);
        var (left, right) = (Element(expected), Element(actual));
        Assert.True(JsonElement.DeepEquals(left, right), $"Expected {left.GetRawText()}, found {right.GetRawText()}.");
    }

    public static void AssertSame(JournalEntry expected, JournalEntry actual)
    {
        Assert.Equal(Content(expected), Content(actual));
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
        Assert.Equal(expected.PreviousHash.ToArray(), actual.PreviousHash.ToArray());
        Assert.Equal(expected.Hash.ToArray(), actual.Hash.ToArray());
    }

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, SluiceJson.Options);

    private static JournalEntry Content(JournalEntry entry) => entry with { Data = default, PreviousHash = default, Hash = default };
}

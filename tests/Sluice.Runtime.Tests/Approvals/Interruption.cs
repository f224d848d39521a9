using Sluice.Journal;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Approvals;

/// <summary>Processes that die in the middle of an effect, and what the journal says of it.</summary>
internal static class Interruption
{
    /// <summary>Starts a run in a process that dies before it can record what came of a step, or right after it claimed it.</summary>
    /// <param name="storage">What the process leaves behind.</param>
    /// <param name="open">Opens a runtime on a storage.</param>
    /// <param name="prompt">The run's prompt.</param>
    /// <param name="step">The end of the step's key.</param>
    /// <param name="happens">Whether the effect has happened by then.</param>
    /// <param name="agent">Who runs it.</param>
    /// <returns>The run.</returns>
    public static async Task<string> DieAsync(
        MemoryStorage storage, Func<IRuntimeStorage, AgentRuntime> open, string prompt, string step, bool happens = true, string? agent = null)
    {
        var faulty = Dying(storage, step, happens);
        await using var runtime = open(faulty);
        var run = await runtime.StartAsync(new() { Prompt = prompt, Agent = agent });
        await run.Completion.WaitAsync(TimeSpan.FromSeconds(30));
        faulty.IsCrashed.ShouldBeTrue();
        return run.RunId;
    }

    /// <summary>Goes on with a run in a process that dies in the same way.</summary>
    public static async Task DieAgainAsync(
        MemoryStorage storage, Func<IRuntimeStorage, AgentRuntime> open, string runId, ApprovalOutcome answer, string step, bool happens = true)
    {
        var faulty = Dying(storage, step, happens);
        await using var runtime = open(faulty);
        var resuming = runtime.ResumeAsync(runId).ToListAsync();
        var asked = (await WatchedRun.Join(runtime, runId).AskedAsync())[^1];
        await runtime.RespondToApprovalAsync(asked.Id, answer);
        await resuming;
        faulty.IsCrashed.ShouldBeTrue();
    }

    /// <summary>Goes on with a run, which then is not stopped when nobody listens.</summary>
    public static WatchedRun GoOn(AgentRuntime runtime, string runId)
    {
        _ = runtime.ResumeAsync(runId).ToListAsync().AsTask();
        return WatchedRun.Join(runtime, runId);
    }

    /// <summary>The entries of one step with an effect, and of the questions about it, as short lines.</summary>
    public static async Task<IReadOnlyList<string>> StepAsync(AgentRuntime runtime, string runId, string step)
    {
        var lines = new List<string>();
        await foreach (var entry in runtime.JournalAsync(runId))
        {
            var end = entry.Key.IndexOf("#in_doubt/", StringComparison.Ordinal);
            if (!(end < 0 ? entry.Key : entry.Key[..end]).EndsWith(step, StringComparison.Ordinal)) continue;
            lines.Add(entry.ReadData() switch
            {
                ToolStartedData tool => $"claim {tool.Attempt}",
                ActionStartedData action => $"claim {action.Attempt}",
                ApprovalRequestedData => $"ask {entry.Key[(end + 10)..]}",
                ApprovalDecidedData decided => $"{decided.Outcome} by {decided.DecidedBy}",
                ToolCompletedData tool => tool.Error is { } error ? $"error {error.Code}" : "result",
                ActionCompletedData action => $"{action.Status}",
                var other => other.GetType().Name,
            });
        }

        return lines;
    }

    private static FaultyStorage Dying(MemoryStorage storage, string step, bool happens)
    {
        bool Is(StorageCall call, params JournalEntryKind[] kinds) =>
            call.Entries.Any(entry => entry.Key.EndsWith(step, StringComparison.Ordinal) && kinds.Contains(entry.Kind));
        var faulty = new FaultyStorage(storage);
        return happens
            ? faulty.CrashBefore(StorageOperation.AppendEntries, call => Is(call, JournalEntryKind.ToolCompleted, JournalEntryKind.ActionCompleted))
            : faulty.CrashAfter(StorageOperation.AppendEntries, call => Is(call, JournalEntryKind.ToolStarted, JournalEntryKind.ActionStarted));
    }
}

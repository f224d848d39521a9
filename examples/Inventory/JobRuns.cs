using System.Runtime.CompilerServices;
using Sluice.Journal;

namespace Inventory;

/// <summary>The runs of one job: those on its thread, first one first. What the job knows of itself it reads from the store, so that it outlives the process.</summary>
internal sealed class JobRuns(SluiceRuntime runtime, string threadId)
{
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await runtime.ListRunsAsync(new() { ThreadId = threadId }, cancellationToken)).Reverse()];

    /// <summary>The keys of all actions that were begun.</summary>
    public async Task<IReadOnlySet<string>> ActionKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in await ListAsync(cancellationToken))
        {
            await foreach (var entry in runtime.JournalAsync(run.RunId, cancellationToken: cancellationToken))
            {
                if (entry.Kind == JournalEntryKind.ActionStarted && entry.ReadData() is ActionStartedData started) keys.Add(started.IdempotencyKey);
            }
        }

        return keys;
    }

    /// <summary>The markdown of the plan as it is stored now.</summary>
    public async Task<decimal> MarkDownAsync(CancellationToken cancellationToken)
    {
        var plan = await runtime.GetPlanAsync(threadId, cancellationToken);
        return plan!.Actions.First(action => action.Kind == "mark_down").Payload.GetProperty("percent").GetDecimal();
    }

    /// <summary>What was recorded until now.</summary>
    public async IAsyncEnumerable<RuntimeEvent> RecordedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var run in await ListAsync(cancellationToken))
        {
            await foreach (var e in runtime.EventsAsync(run.RunId, cancellationToken: cancellationToken))
            {
                yield return e;
                // A run that has not ended has more to come; that is for whoever takes it up.
                if (e.Sequence >= run.LastEvent) break;
            }
        }
    }
}

using Inventory.Account;

namespace Inventory;

/// <summary>Runs a job from its request, or from where an earlier process left it, to the last decision. A plan that is sent back gets a smaller markdown: from the script here, from a model by itself.</summary>
internal sealed class JobRounds(SluiceRuntime runtime, JobRuns runs, ApprovalQuestion question, JobAccount account, Options options, Policies policies)
{
    private const int MaxRounds = 3;

    /// <summary>Whether a run ended with an error.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Runs all rounds.</summary>
    /// <param name="left">The run to go on with; null: the job begins.</param>
    /// <param name="planId">The job's plan and thread.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task RunAsync(RunRecord? left, string planId, CancellationToken cancellationToken)
    {
        var decision = left is null ? await BeginAsync(planId, cancellationToken) : await GoOnAsync(left, cancellationToken);
        while (!options.IsLive && decision is { Outcome: ApprovalOutcome.Revise } && (await runs.ListAsync(cancellationToken)).Count < MaxRounds)
        {
            var smaller = Math.Max(1, await runs.MarkDownAsync(cancellationToken) / 2);
            account.Begin("The plan goes back to the planner", decision.Feedback ?? "(no feedback)");
            var script = JobScript.Revise(planId, decision.Feedback, smaller);
            decision = await FollowAsync(runtime.QueryAsync(script, planId, cancellationToken: cancellationToken), cancellationToken);
        }
    }

    private async Task<ApprovalDecisionEvent?> BeginAsync(string planId, CancellationToken cancellationToken)
    {
        var request = JobScript.Request(options.MarkDown);
        account.Begin("The request", request);
        var prompt = options.IsLive ? $"{request} Store the plan under planId \"{planId}\"." : JobScript.Plan(planId, options.MarkDown, policies);
        return await FollowAsync(runtime.QueryAsync(prompt, planId, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>Tells what is recorded as if it happened now, and goes on from there.</summary>
    private async Task<ApprovalDecisionEvent?> GoOnAsync(RunRecord left, CancellationToken cancellationToken)
    {
        account.Begin("A run goes on", $"Plan {left.ThreadId}: what happened before is told again from the journal.");
        ApprovalRequiredEvent? open = null;
        await foreach (var e in runs.RecordedAsync(cancellationToken))
        {
            account.Add(e);
            open = e is ApprovalRequiredEvent gate ? gate : e is ApprovalDecisionEvent ? null : open;
        }

        if (open is not null) question.Ask(open, cancellationToken);
        return await FollowAsync(runtime.ResumeAsync(left.RunId, cancellationToken), cancellationToken);
    }

    /// <summary>Tells a run and asks what it asks, until it ends.</summary>
    /// <returns>The last decision; null when there was none.</returns>
    private async Task<ApprovalDecisionEvent?> FollowAsync(IAsyncEnumerable<RuntimeEvent> events, CancellationToken cancellationToken)
    {
        ApprovalDecisionEvent? last = null;
        await foreach (var e in events)
        {
            if (e is ApprovalDecisionEvent) await question.EndAsync();
            account.Add(e);
            if (e is ApprovalRequiredEvent gate) question.Ask(gate, cancellationToken);
            last = e as ApprovalDecisionEvent ?? last;
            HasFailed |= e is ErrorEvent;
        }

        await question.EndAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return last;
    }
}

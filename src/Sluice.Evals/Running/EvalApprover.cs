using Sluice.Journal;

namespace Sluice.Evals.Running;

/// <summary>Answers the approval requests of a sample in a person's place, as often as they need.</summary>
internal sealed class EvalApprover(IAgentRuntime runtime, EvalApprovals policy)
{
    private const string Name = "eval";
    private const string Feedback = "The eval answers everything so.";

    /// <summary>Answers a request.</summary>
    /// <exception cref="SluiceException">It cannot be answered.</exception>
    public async Task AnswerAsync(ApprovalRequiredEvent asked, CancellationToken cancellationToken)
    {
        try
        {
            await DecideAsync(asked, cancellationToken).ConfigureAwait(false);
        }
        catch (SluiceException late)
            when (late.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalExpired or ErrorCodes.RunEnded)
        {
            // Somebody or something else decided: the run goes on by that.
        }
    }

    private async Task DecideAsync(ApprovalRequiredEvent asked, CancellationToken cancellationToken)
    {
        var approvers = await ApproversAsync(asked, cancellationToken).ConfigureAwait(false);
        var outcome = OutcomeFor(asked.Kind);
        foreach (var approver in approvers)
        {
            var answer = new ApprovalAnswer { Id = asked.Id, Outcome = outcome, DecidedBy = approver, Feedback = outcome == ApprovalOutcome.Reject ? Feedback : null };
            var request = await runtime.RespondToApprovalAsync(answer, cancellationToken).ConfigureAwait(false);
            if (request.Status != ApprovalStatus.Pending) return;
        }
    }

    private ApprovalOutcome OutcomeFor(ApprovalKind kind) => kind == ApprovalKind.InDoubt ? ApprovalOutcome.MarkFailed
        : policy == EvalApprovals.Approve ? ApprovalOutcome.Approve
        : ApprovalOutcome.Reject;

    /// <summary>Those whom the request allows, and as many as it needs.</summary>
    private async Task<IReadOnlyList<string>> ApproversAsync(ApprovalRequiredEvent asked, CancellationToken cancellationToken)
    {
        await foreach (var entry in runtime.JournalAsync(asked.RunId, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind != JournalEntryKind.ApprovalRequested) continue;
            if (((ApprovalRequestedData)entry.ReadData()).Request is not { } request || request.Id != asked.Id) continue;
            if (request.Policy.Approvers.Count > 0) return request.Policy.Approvers;
            return [Name, .. Enumerable.Range(2, request.Policy.Quorum - 1).Select(number => $"{Name}-{number}")];
        }

        return [Name];
    }
}

using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Finds out what became of an action, or of its undoing, that was claimed and has no outcome: asks its handler, else a person.</summary>
internal sealed class ActionDoubt(ToolCall call, StoredPlan plan, int index, PlanAction action, DispatchContext context, InDoubtGate gate)
{
    /// <summary>What became of it; null when it is to be done again.</summary>
    /// <param name="handler">The action's code.</param>
    /// <param name="key">The step that was claimed.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="isCompensation">Whether it is the undoing.</param>
    public async ValueTask<ActionOutcome?> SettleAsync(ActionHandler handler, string key, ActionStartedData claim, bool isCompensation)
    {
        // A question that was asked stands, whatever the handler would say by now.
        var verdict = await gate.RecallAsync(call.Frame, key, claim.Attempt).ConfigureAwait(false);
        if (verdict is null)
        {
            string? problem = null;
            if (handler.Reconcile is { } reconcile)
            {
                (var found, problem) = await ReconcileAsync(reconcile).ConfigureAwait(false);
                if (problem is null) return ToOutcome(found, isCompensation);
            }
            else if (handler.Idempotent)
            {
                return null;
            }

            var effect = Describe(key, claim, isCompensation, problem);
            verdict = await gate.AskAsync(call.Frame, key, plan.PlanId, effect).ConfigureAwait(false);
        }

        return ToOutcome(verdict, isCompensation);
    }

    private async ValueTask<(ActionResult? Found, string? Problem)> ReconcileAsync(Func<PlanAction, DispatchContext, Task<ActionResult?>> reconcile)
    {
        try
        {
            var found = await reconcile(action, context).ConfigureAwait(false);
            return found is { EntitiesAffected: < 0 } ? (null, $"entitiesAffected is {found.EntitiesAffected}; it must be 0 or more.") : (found, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            // A handler that cannot say whether it happened leaves it as much in doubt as one that was not asked.
            return (null, exception.Message);
        }
    }

    /// <summary>An action that is found has happened; an undoing has when the action is not found any more.</summary>
    private static ActionOutcome? ToOutcome(ActionResult? found, bool isCompensation) => (found, isCompensation) switch
    {
        ({ } result, false) => new(ActionStatus.Executed, result, null),
        (null, true) => new(ActionStatus.Compensated, null, null),
        _ => null,
    };

    private ActionOutcome? ToOutcome(ApprovalDecidedData verdict, bool isCompensation) => verdict.Outcome switch
    {
        ApprovalOutcome.Retry => null,
        ApprovalOutcome.MarkDone => new(
            isCompensation ? ActionStatus.Compensated : ActionStatus.Executed, InDoubtAnswers.ToActionResult(verdict), null),
        _ => new(ActionStatus.Failed, null, InDoubtAnswers.ToError(Name(isCompensation), verdict)),
    };

    private EffectInDoubt Describe(string key, ActionStartedData claim, bool isCompensation, string? problem) => new()
    {
        Message = $"The process stopped at this: {Name(isCompensation)}. It may have happened or not.",
        PlanId = plan.PlanId,
        PlanVersion = plan.Version,
        Index = index,
        Kind = index < 0 ? null : action.Kind,
        Payload = index < 0 ? PlanBody.Join(plan) : action.Payload,
        References = index < 0 || action.References.Count == 0 ? null : action.References,
        IsCompensation = isCompensation,
        IdempotencyKey = claim.IdempotencyKey,
        Attempt = claim.Attempt,
        ClaimedAt = call.Frame.Run.Journal.ClaimedAt(key),
        ReconcileError = problem,
    };

    private string Name(bool isCompensation)
    {
        if (index < 0) return $"Plan '{plan.PlanId}'";
        return isCompensation ? $"The undoing of action {index} ({action.Kind})" : $"Action {index} ({action.Kind})";
    }
}

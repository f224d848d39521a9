using Sluice.Journal;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>One action of an executing plan: claim, effect, outcome.</summary>
internal sealed class ActionStep(ToolCall call, StoredPlan plan, int index, string kind, PlanDispatchContext context)
{
    private readonly string _key = StepKey.Sub(call.Key, index < 0 ? "dispatch" : $"action/{index}");

    private RunJournal Journal => call.Frame.Run.Journal;

    public async ValueTask<ActionResult?> RunAsync(ActionHandler handler, PlanAction action)
    {
        if (Journal.Recorded<ActionCompletedData>(JournalEntryKind.ActionCompleted, _key) is { } completed) return Recall(completed);
        if (Journal.Recorded<ActionStartedData>(JournalEntryKind.ActionStarted, _key) is null)
        {
            await Journal.AppendAsync(_key, call.Frame.Agent.Name, new ActionStartedData
            {
                PlanId = plan.PlanId,
                Index = index,
                ActionKind = kind,
                Attempt = 1,
                IdempotencyKey = context.IdempotencyKey,
            }).ConfigureAwait(false);
        }
        else if (await ReconcileAsync(handler, action).ConfigureAwait(false) is { } happened)
        {
            await CompleteAsync(_key, ActionStatus.Executed, happened, null).ConfigureAwait(false);
            return happened;
        }

        return await ApplyAsync(handler, action).ConfigureAwait(false);
    }

    public async ValueTask CompensateAsync(Func<PlanAction, DispatchContext, Task> compensate, PlanAction action)
    {
        var key = StepKey.Sub(call.Key, $"compensation/{index}");
        if (Journal.Recorded<ActionCompletedData>(JournalEntryKind.ActionCompleted, key) is not null) return;
        ErrorInfo? error = null;
        try
        {
            await compensate(action, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            // The other actions are still to be undone; this one stays applied, and its failure is on record.
            error = ToError(exception, "could not be undone");
        }

        await CompleteAsync(key, error is null ? ActionStatus.Compensated : ActionStatus.Failed, null, error).ConfigureAwait(false);
    }

    /// <summary>What became of a claim that has no outcome: the result when it happened, null when it may be applied again.</summary>
    private async ValueTask<ActionResult?> ReconcileAsync(ActionHandler handler, PlanAction action)
    {
        if (handler.Reconcile is { } reconcile) return await reconcile(action, context).ConfigureAwait(false);
        if (handler.Idempotent) return null;
        throw new SluiceException(
            ErrorCodes.InDoubt,
            $"The process stopped while {Name} was being applied: it may have happened or not. It was not repeated. Look, and plan what is left to do anew.");
    }

    private async ValueTask<ActionResult?> ApplyAsync(ActionHandler handler, PlanAction action)
    {
        ActionResult? result;
        try
        {
            result = await handler.Handle(action, context).ConfigureAwait(false);
            if (result is { EntitiesAffected: < 0 })
                throw new SluiceException(ErrorCodes.DispatchFailed, $"entitiesAffected is {result.EntitiesAffected}; it must be 0 or more.");
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            var error = ToError(exception, "failed");
            await CompleteAsync(_key, ActionStatus.Failed, null, error).ConfigureAwait(false);
            throw new SluiceException(error.Code, error.Message, exception);
        }

        await CompleteAsync(_key, ActionStatus.Executed, result, null).ConfigureAwait(false);
        return result;
    }

    /// <summary>Whether the run was stopped; a handler's own timeout is a failure like any other.</summary>
    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;

    private ValueTask CompleteAsync(string key, ActionStatus status, ActionResult? result, ErrorInfo? error) =>
        Journal.AppendAsync(key, call.Frame.Agent.Name, new ActionCompletedData
        {
            PlanId = plan.PlanId,
            Index = index,
            ActionKind = kind,
            Status = status,
            Result = result,
            Error = error,
        });

    private static ActionResult? Recall(ActionCompletedData completed)
    {
        if (completed.Error is { } error) throw new SluiceException(error.Code, error.Message);
        return completed.Result;
    }

    private ErrorInfo ToError(Exception exception, string what) => exception is SluiceException { Code: not ErrorCodes.DispatchFailed } known
        ? known.ToErrorInfo()
        : new() { Code = ErrorCodes.DispatchFailed, Message = $"{Name} {what}: {exception.Message}" };

    private string Name => index < 0 ? "The plan" : $"Action {index} ({kind})";
}

using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>One action of an executing plan, and its undoing: each is claim, effect, outcome.</summary>
internal sealed class ActionStep(
    ToolCall call, StoredPlan plan, int index, PlanAction action, ActionHandler handler, PlanDispatchContext context, InDoubtGate gate)
{
    private readonly ActionDoubt _doubt = new(call, plan, index, action, context, gate);

    private RunJournal Journal => call.Frame.Run.Journal;

    /// <summary>Applies the action, or recalls what came of it.</summary>
    /// <exception cref="SluiceException">It failed, now or before.</exception>
    public async ValueTask<ActionResult?> RunAsync()
    {
        var outcome = await DoAsync(index < 0 ? "dispatch" : $"action/{index}", ApplyAsync, isCompensation: false).ConfigureAwait(false);
        return outcome.Error is { } error ? throw new SluiceException(error.Code, error.Message) : outcome.Result;
    }

    /// <summary>Undoes the action. The other actions are still to be undone when it fails: it stays applied, and its failure is on record.</summary>
    public async ValueTask CompensateAsync(Func<PlanAction, DispatchContext, Task> compensate) =>
        await DoAsync($"compensation/{index}", () => UndoAsync(compensate), isCompensation: true).ConfigureAwait(false);

    private async ValueTask<ActionOutcome> DoAsync(string name, Func<ValueTask<ActionOutcome>> act, bool isCompensation)
    {
        var key = StepKey.Sub(call.Key, name);
        if (Journal.Recorded<ActionCompletedData>(JournalEntryKind.ActionCompleted, key) is { } completed)
            return new(completed.Status, completed.Result, completed.Error);
        using var activity = SluiceDiagnostics.StartAction(call.Frame, plan, index, action.Kind, isCompensation);
        var claim = Journal.Recorded<ActionStartedData>(JournalEntryKind.ActionStarted, key);
        var outcome = claim is null ? null : await _doubt.SettleAsync(handler, key, claim, isCompensation).ConfigureAwait(false);
        if (outcome is null)
        {
            await ClaimAsync(key, (claim?.Attempt ?? 0) + 1).ConfigureAwait(false);
            outcome = await act().ConfigureAwait(false);
        }

        if (outcome.Error is { } error) SluiceDiagnostics.Fail(activity, error.Code);
        await CompleteAsync(key, outcome).ConfigureAwait(false);
        return outcome;
    }

    private async ValueTask<ActionOutcome> ApplyAsync()
    {
        try
        {
            var result = await handler.Handle(action, context).ConfigureAwait(false);
            if (result is { EntitiesAffected: < 0 })
                throw new SluiceException(ErrorCodes.DispatchFailed, $"entitiesAffected is {result.EntitiesAffected}; it must be 0 or more.");
            return new(ActionStatus.Executed, result, null);
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            return new(ActionStatus.Failed, null, ToError(exception, "failed"));
        }
    }

    private async ValueTask<ActionOutcome> UndoAsync(Func<PlanAction, DispatchContext, Task> compensate)
    {
        try
        {
            await compensate(action, context).ConfigureAwait(false);
            return new(ActionStatus.Compensated, null, null);
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            return new(ActionStatus.Failed, null, ToError(exception, "could not be undone"));
        }
    }

    /// <summary>Whether the run was stopped; a handler's own timeout is a failure like any other.</summary>
    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;

    private ValueTask ClaimAsync(string key, int attempt) => Journal.AppendAsync(key, call.Frame.Agent.Name, new ActionStartedData
    {
        PlanId = plan.PlanId,
        Index = index,
        ActionKind = action.Kind,
        Attempt = attempt,
        IdempotencyKey = context.IdempotencyKey,
    });

    private ValueTask CompleteAsync(string key, ActionOutcome outcome) => Journal.AppendAsync(key, call.Frame.Agent.Name, new ActionCompletedData
    {
        PlanId = plan.PlanId,
        Index = index,
        ActionKind = action.Kind,
        Status = outcome.Status,
        Result = outcome.Result,
        Error = outcome.Error,
    });

    /// <summary>A store of the handler's own that is away is a failure of the action; only the run's store is no failure of its step.</summary>
    private ErrorInfo ToError(Exception exception, string what) =>
        exception is SluiceException { Code: not ErrorCodes.DispatchFailed } known && !StoreFailure.Is(exception)
        ? known.ToErrorInfo()
        : new() { Code = ErrorCodes.DispatchFailed, Message = $"{Name} {what}: {exception.Message}" };

    private string Name => index < 0 ? "The plan" : $"Action {index} ({action.Kind})";
}

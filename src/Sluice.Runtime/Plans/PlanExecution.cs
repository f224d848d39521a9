using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Forks;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Executes a plan: gate → approved → executing → hydrate → dispatch → executed or failed. There is no other way to a dispatcher.</summary>
internal sealed class PlanExecution(
    PlanLifecycle plans, PlanPreviews previews, PlanHydration hydration, PlanDispatch dispatch, ApprovalGate gate, RecordedEffects effects)
{
    // Not the key of a call's own gate, which would take this request for its own when the run comes back.
    internal const string Approval = "plan/approval";

    public async ValueTask<ToolOutcome> ExecuteAsync(ToolCall call, string planId)
    {
        var plan = await plans.GetAsync(planId, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        using var activity = SluiceDiagnostics.StartExecutePlan(call.Frame, plan);
        if (RecordedEffects.Answers(call.Frame.Run)) return await RecallAsync(call, plan).ConfigureAwait(false);
        if (plan.ExecutionKey == CallContext.KeyOf(call.Frame.Run.RunId, call.Key))
        {
            // This very call has begun before: its gate is passed, and what the store holds may not have been told yet.
            await plans.CatchUpAsync(call.Frame, call.Key, plan).ConfigureAwait(false);
        }
        else
        {
            if (Refuse(call, plan) is { } refusal) return refusal;
            var (verdict, notApproved) = await AskAsync(call, plan).ConfigureAwait(false);
            if (notApproved is { } outcome) return outcome;
            plan = await ApproveAsync(call, plan, verdict).ConfigureAwait(false);
        }

        if (plan.Status == PlanStatus.Approved)
            plan = await plans.MoveAsync(call.Frame, call.Key, plan, PlanStatus.Executing, call.Frame.Agent.Name).ConfigureAwait(false);
        if (plan.Status == PlanStatus.Executing) plan = await ApplyAsync(call, plan).ConfigureAwait(false);
        SluiceDiagnostics.SetPlan(activity, plan);
        return ToOutcome(plan);
    }

    /// <summary>Asks as the original did, and then gives what the original recorded: the plan itself stays as it is.</summary>
    private async ValueTask<ToolOutcome> RecallAsync(ToolCall call, StoredPlan plan)
    {
        if (RefuseOther(call, plan) is { } refusal) return refusal;
        var (verdict, notApproved) = await AskAsync(call, plan).ConfigureAwait(false);
        if (notApproved is { } outcome) return outcome;
        // What an edited plan comes to was never recorded.
        return verdict?.Partial is null ? await effects.FindAsync(call).ConfigureAwait(false) : RecordedEffects.NotRecorded(call);
    }

    private static ToolOutcome? RefuseOther(ToolCall call, StoredPlan plan) => call.Frame.Agent.Spec.Plan?.Name == plan.SpecName ? null : ToolOutcome.Failed(
        ErrorCodes.PlanNotFound, $"Plan '{plan.PlanId}' is a {plan.SpecName}, which '{call.Frame.Agent.Name}' does not execute.");

    private ToolOutcome? Refuse(ToolCall call, StoredPlan plan)
    {
        if (RefuseOther(call, plan) is { } other) return other;
        if (plan.Status != PlanStatus.Draft)
            return ToolOutcome.Failed(ErrorCodes.PlanStatusConflict, $"Plan '{plan.PlanId}' is {CompiledPlan.Name(plan.Status)}; only a draft can be executed.");
        return dispatch.FindObstacle(plan) is { } obstacle ? ToolOutcome.Failed(ErrorCodes.NoDispatcher, $"{obstacle} The plan stays a draft.") : null;
    }

    private async ValueTask<(ApprovalDecidedData? Verdict, ToolOutcome? NotApproved)> AskAsync(ToolCall call, StoredPlan plan)
    {
        var frame = call.Frame;
        var key = StepKey.Sub(call.Key, Approval);
        var spec = plans.Find(plan.SpecName);
        var recorded = frame.Run.Journal.Recorded<ApprovalRequestedData>(JournalEntryKind.ApprovalRequested, key);
        if (recorded is null && frame.Agent.PlanApproval.Policy.Mode == ApprovalMode.Never) return (null, null);
        var digest = PlanLifecycle.Digest(plan);
        if (recorded is null && frame.Run.Refused.Find(digest) is { } refused) return (null, RefusedBefore(refused));
        var request = recorded?.Request ?? await gate.AskAsync(
            frame, key, ApprovalKind.Plan, plan.PlanId, await previews.DescribeAsync(call, plan).ConfigureAwait(false), digest,
            frame.Agent.PlanApproval, spec.Label(CompiledPlan.PendingApproval)).ConfigureAwait(false);
        var verdict = await gate.WaitAsync(frame, key, request, (plan.PlanId, spec.Label(PlanStatus.Draft))).ConfigureAwait(false);
        return (verdict, verdict.Outcome == ApprovalOutcome.Approve ? null : Refused(verdict));
    }

    private async ValueTask<StoredPlan> ApproveAsync(ToolCall call, StoredPlan asked, ApprovalDecidedData? verdict)
    {
        var plan = await plans.GetAsync(asked.PlanId, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        // Two runs may have asked about the same draft: what the first one executed is final.
        if (plan.Status != PlanStatus.Draft)
        {
            throw new SluiceException(
                ErrorCodes.PlanStatusConflict, $"Plan '{plan.PlanId}' is {CompiledPlan.Name(plan.Status)} by now; only a draft can be executed.");
        }

        var editKey = StepKey.Sub(call.Key, "edit");
        if (verdict is not null && !PlanLifecycle.IsWrittenBy(call.Frame, editKey, plan) && PlanLifecycle.Digest(plan) != verdict.Digest)
        {
            throw new SluiceException(
                ErrorCodes.ApprovalChanged, $"Plan '{plan.PlanId}' was changed after it was approved; version {plan.Version} was never shown. Execute it again to ask anew.");
        }

        if (verdict?.Partial is { } partial)
            plan = await plans.EditAsync(call.Frame, editKey, plan, partial, verdict.DecidedBy).ConfigureAwait(false);
        return await plans.MoveAsync(call.Frame, call.Key, plan, PlanStatus.Approved, verdict?.DecidedBy).ConfigureAwait(false);
    }

    private async ValueTask<StoredPlan> ApplyAsync(ToolCall call, StoredPlan plan)
    {
        using var activity = SluiceDiagnostics.StartDispatch(call.Frame, plan);
        var applied = await DispatchAsync(call, plan).ConfigureAwait(false);
        SluiceDiagnostics.SetPlan(activity, applied);
        return applied;
    }

    private async ValueTask<StoredPlan> DispatchAsync(ToolCall call, StoredPlan plan)
    {
        var frame = call.Frame;
        try
        {
            var values = await hydration.ResolveAsync(plan, frame.Run.CancellationToken).ConfigureAwait(false);
            var result = await dispatch.ApplyAsync(call, plan, values).ConfigureAwait(false);
            return await plans.MoveAsync(frame, call.Key, plan, PlanStatus.Executed, frame.Agent.Name, plan with { Result = result })
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (RunFaultException or OperationCanceledException) && !StoreFailure.Is(exception))
        {
            // Whatever it was, a plan that began to execute must not stay there.
            var error = (exception as SluiceException)?.ToErrorInfo()
                ?? new ErrorInfo { Code = ErrorCodes.DispatchFailed, Message = $"The plan could not be executed: {exception.Message}" };
            return await FailAsync(call, plan, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (frame.Run.Stop == StopRequest.Cancel)
        {
            await FailAsync(call, plan, new()
            {
                Code = ErrorCodes.Cancelled,
                Message = "The run was cancelled while the plan was executing. The action that was running may have had its effect.",
            }).ConfigureAwait(false);
            throw;
        }
    }

    private ValueTask<StoredPlan> FailAsync(ToolCall call, StoredPlan plan, ErrorInfo error) =>
        plans.MoveAsync(call.Frame, call.Key, plan, PlanStatus.Failed, call.Frame.Agent.Name, plan with { Error = error });

    private static ToolOutcome ToOutcome(StoredPlan plan) => ToolOutcome.Of(new
    {
        plan.Status,
        plan.PlanId,
        plan.Version,
        entitiesAffected = plan.Result?.EntitiesAffected ?? 0,
        plan.Result?.Summary,
        plan.Result?.Details,
        // Counted from the plan: a run that comes back after the plan was executed has to give the same result.
        hydratedReferences = HandleFinder.Find(plan.Actions).CountBy(handle => handle.Kind).ToDictionary(),
        plan.Error,
    });

    private static ToolOutcome Refused(ApprovalDecidedData verdict) => verdict.Outcome == ApprovalOutcome.Revise
        ? ToolOutcome.Of(new { status = "revise", shouldRevise = true, verdict.Feedback, verdict.Partial })
        : ToolOutcome.Of(new { status = "rejected", verdict.Feedback });

    private static ToolOutcome RefusedBefore(ApprovalDecidedData verdict)
    {
        const string Message = "This version of the plan was refused before in this run and is not asked for again. Store a changed plan first.";
        return verdict.Outcome == ApprovalOutcome.Revise
            ? ToolOutcome.Of(new { status = "revise", shouldRevise = true, verdict.Feedback, verdict.Partial, message = Message })
            : ToolOutcome.Of(new { status = "rejected", verdict.Feedback, message = Message });
    }
}

using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.Plans;

/// <summary>
/// The only place that changes stored plans: draft → approved → executing → executed or failed, each change a compare-and-set. A change
/// that a step made before a crash is found by the step's key and not made again.
/// </summary>
internal sealed class PlanLifecycle(
    RuntimeSpec spec, IPlanStore store, TenantReferences references, TimeProvider time)
{
    private readonly Dictionary<string, CompiledPlan> _plans = spec.Plans.ToDictionary(
        plan => plan.Name, plan => new CompiledPlan(plan, JsonSchemas.JsonSchema.Compile(plan.Schema)), StringComparer.Ordinal);

    public CompiledPlan Find(string specName) => _plans.GetValueOrDefault(specName)
        ?? throw new SluiceException(ErrorCodes.PlanNotFound, $"There is no plan spec '{specName}'.");

    public async ValueTask<StoredPlan> GetAsync(string planId, CancellationToken cancellationToken) =>
        await store.GetAsync(spec.Tenant, planId, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(ErrorCodes.PlanNotFound, $"There is no plan '{planId}'.");

    /// <summary>Validates a body and stores it as a new draft, or as a new version of one.</summary>
    public async ValueTask<StoredPlan> StoreAsync(ToolCall call, string specName, string? planId, JsonElement body)
    {
        var plan = Find(specName);
        var cancellationToken = call.Frame.Run.CancellationToken;
        await CheckBodyAsync(plan, body, cancellationToken).ConfigureAwait(false);
        planId ??= $"plan-{CallContext.KeyOf(call.Frame.Run.RunId, call.Key).AsSpan(0, 16)}";
        while (true)
        {
            var before = await store.GetAsync(spec.Tenant, planId, cancellationToken).ConfigureAwait(false);
            if (before is not null && IsWrittenBy(call.Frame, call.Key, before))
                return await RecordAsync(call.Frame, call.Key, before.Version == 1 ? null : before.Status, before).ConfigureAwait(false);
            CheckMayReplace(before, planId, specName, call.Frame.Run);
            var after = CreateVersion(plan, before, planId, body, call.Frame, call.Key, call.Frame.Agent.Name);
            if (await SaveAsync(before, after, cancellationToken).ConfigureAwait(false))
                return await RecordAsync(call.Frame, call.Key, before?.Status, after).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the body that an approver edited as the draft's next version.</summary>
    public async ValueTask<StoredPlan> EditAsync(Frame frame, string key, StoredPlan draft, JsonElement partial, string? editedBy)
    {
        if (IsWrittenBy(frame, key, draft)) return draft;
        var body = PlanBody.Merge(PlanBody.Join(draft), partial);
        var plan = Find(draft.SpecName);
        await CheckBodyAsync(plan, body, frame.Run.CancellationToken).ConfigureAwait(false);
        var after = CreateVersion(plan, draft, draft.PlanId, body, frame, key, editedBy);
        if (!await SaveAsync(draft, after, frame.Run.CancellationToken).ConfigureAwait(false)) throw Changed(draft.PlanId);
        return await RecordAsync(frame, key, draft.Status, after).ConfigureAwait(false);
    }

    /// <summary>Whether the plan's current version is the work of a step.</summary>
    public static bool IsWrittenBy(Frame frame, string key, StoredPlan plan) => plan.StepKey == CallContext.KeyOf(frame.Run.RunId, key);

    /// <summary>Moves a plan on. Not cancellable: what has happened must be told.</summary>
    public async ValueTask<StoredPlan> MoveAsync(Frame frame, string callKey, StoredPlan plan, PlanStatus to, string? by, StoredPlan? details = null)
    {
        var key = StepKey.Sub(callKey, $"plan/{CompiledPlan.Name(to)}");
        var after = (details ?? plan) with
        {
            Status = to,
            Revision = plan.Revision + 1,
            ExecutionKey = CallContext.KeyOf(frame.Run.RunId, callKey),
            History = [.. plan.History, new() { Status = to, Version = plan.Version, At = time.GetUtcNow(), By = by }],
        };
        if (!await store.TryUpdateAsync(spec.Tenant, after, plan.Revision, CancellationToken.None).ConfigureAwait(false))
            throw Changed(plan.PlanId);
        return await RecordAsync(frame, key, plan.Status, after).ConfigureAwait(false);
    }

    /// <summary>Fails the plans that a run was executing when it was interrupted, because it will not go on.</summary>
    public async ValueTask AbandonAsync(Frame frame)
    {
        foreach (var (callKey, planId) in FindUnfinished(frame.Run.Journal))
        {
            var plan = await store.GetAsync(spec.Tenant, planId, CancellationToken.None).ConfigureAwait(false);
            if (plan?.ExecutionKey != CallContext.KeyOf(frame.Run.RunId, callKey) || plan.Status is not (PlanStatus.Approved or PlanStatus.Executing)) continue;
            await CatchUpAsync(frame, callKey, plan).ConfigureAwait(false);
            if (plan.Status == PlanStatus.Approved)
                plan = await MoveAsync(frame, callKey, plan, PlanStatus.Executing, frame.Agent.Name).ConfigureAwait(false);
            await MoveAsync(frame, callKey, plan, PlanStatus.Failed, frame.Agent.Name, plan with { Error = Abandoned }).ConfigureAwait(false);
        }
    }

    /// <summary>The calls of <c>execute_plan</c> that have no result, with the plan they name.</summary>
    private static IEnumerable<(string CallKey, string PlanId)> FindUnfinished(RunJournal journal) =>
        from turn in journal.RecordedOf<TurnCompletedData>(JournalEntryKind.TurnCompleted)
        from call in turn.Data.Parts.OfType<ToolCallPart>()
        where call.Name == BuiltInTools.ExecutePlan
        let key = StepKey.Call(turn.Key, call.Id)
        where journal.Recorded<ToolCompletedData>(JournalEntryKind.ToolCompleted, key) is null
        where call.Arguments.ValueKind == JsonValueKind.Object && call.Arguments.TryGetProperty("planId", out _)
        let planId = call.Arguments.GetProperty("planId")
        where planId.ValueKind == JsonValueKind.String
        select (key, planId.GetString()!);

    private static ErrorInfo Abandoned { get; } = new()
    {
        Code = ErrorCodes.Cancelled,
        Message = "The run was interrupted while it executed the plan, and then cancelled. Actions that were begun may have had their effect.",
    };

    /// <summary>Tells what a crash kept from being told: the status the store holds and the journal does not.</summary>
    public async ValueTask CatchUpAsync(Frame frame, string callKey, StoredPlan plan)
    {
        for (var index = 1; index < plan.History.Count; index++)
        {
            var (before, change) = (plan.History[index - 1], plan.History[index]);
            if (change.Status == PlanStatus.Draft) continue;
            var key = StepKey.Sub(callKey, $"plan/{CompiledPlan.Name(change.Status)}");
            await RecordAsync(frame, key, before.Status, plan with { Status = change.Status, History = [.. plan.History.Take(index + 1)] }).ConfigureAwait(false);
        }
    }

    /// <summary>Checks an approval of a plan: the plan is still what was asked about, and an edited body is valid. Saying no is always possible.</summary>
    public async ValueTask CheckDecisionAsync(ApprovalRequest request, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Outcome != ApprovalOutcome.Approve) return;
        var plan = await GetAsync(request.Target, cancellationToken).ConfigureAwait(false);
        if (Digest(plan) != request.Digest)
        {
            throw new SluiceException(
                ErrorCodes.ApprovalChanged,
                $"Plan '{plan.PlanId}' was changed after request '{request.Id}': it has version {plan.Version} and status {CompiledPlan.Name(plan.Status)} now.");
        }

        if (answer.Partial is { } partial)
            await CheckBodyAsync(Find(plan.SpecName), PlanBody.Merge(PlanBody.Join(plan), partial), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>SHA-256, in hex, of what a person approves.</summary>
    public static string Digest(StoredPlan plan) => CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(
        new { plan.PlanId, plan.Version, plan.ContentHash }, SluiceJson.Options));

    private async ValueTask CheckBodyAsync(CompiledPlan plan, JsonElement body, CancellationToken cancellationToken)
    {
        var problems = plan.Schema.Validate(body).Select(violation => violation.ToString()).ToList();
        if (problems.Count == 0 && FindUnreadable(plan, body) is { } unreadable) problems.Add(unreadable);
        if (problems.Count == 0) await CheckReferencesAsync(plan, body, problems, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0)
        {
            throw new SluiceException(
                ErrorCodes.InvalidPlan,
                $"The body is no valid {plan.Spec.Name}. Correct these and store it again:\n{string.Join('\n', problems.Select(problem => $"- {problem}"))}");
        }
    }

    /// <summary>What a schema cannot say: that the body has one canonical form, and that it can be read as its C# type.</summary>
    private static string? FindUnreadable(CompiledPlan plan, JsonElement body)
    {
        try
        {
            CanonicalJson.Sha256Hex(body);
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }

        return plan.Spec.Binding is { } binding && !binding.CanRead(body, out var problem) ? problem : null;
    }

    private async ValueTask CheckReferencesAsync(CompiledPlan plan, JsonElement body, List<string> problems, CancellationToken cancellationToken)
    {
        foreach (var (path, handle) in HandleFinder.FindPlaces(PlanBody.Split(plan, body).Actions))
        {
            try
            {
                await references.GlimpseAsync(handle, cancellationToken).ConfigureAwait(false);
            }
            catch (SluiceException missing) when (missing is not RunFaultException)
            {
                problems.Add($"{path}: {missing.Message}");
            }
        }
    }

    private static void CheckMayReplace(StoredPlan? before, string planId, string specName, ActiveRun run)
    {
        if (before is null) return;
        if (run.Journal.ForkedFrom is not null && before.RunId != run.RunId)
        {
            throw new SluiceException(
                ErrorCodes.PlanStatusConflict, $"Plan '{planId}' was stored by run '{before.RunId}', and a fork never changes it. Use another id, or none for a new one.");
        }

        if (before.SpecName != specName)
            throw new SluiceException(ErrorCodes.PlanStatusConflict, $"Plan '{planId}' is a {before.SpecName}, not a {specName}. Use another id.");
        if (before.Status != PlanStatus.Draft)
        {
            throw new SluiceException(
                ErrorCodes.PlanStatusConflict, $"Plan '{planId}' is {CompiledPlan.Name(before.Status)}; only a draft can be stored again. Use another id.");
        }
    }

    private StoredPlan CreateVersion(
        CompiledPlan plan, StoredPlan? before, string planId, JsonElement body, Frame frame, string key, string? by)
    {
        var version = (before?.Version ?? 0) + 1;
        var (context, actions) = PlanBody.Split(plan, body);
        var change = new PlanChange { Status = PlanStatus.Draft, Version = version, At = time.GetUtcNow(), By = by };
        return new()
        {
            PlanId = planId,
            SpecName = plan.Spec.Name,
            Status = PlanStatus.Draft,
            Version = version,
            Context = context,
            Actions = actions,
            ContentHash = PlanBody.Hash(plan.Spec.Name, version, body),
            ThreadId = before?.ThreadId ?? frame.Run.ThreadId,
            RunId = before?.RunId ?? frame.Run.RunId,
            StepKey = CallContext.KeyOf(frame.Run.RunId, key),
            History = [.. before?.History ?? [], change],
            Revision = (before?.Revision ?? 0) + 1,
        };
    }

    private ValueTask<bool> SaveAsync(StoredPlan? before, StoredPlan after, CancellationToken cancellationToken) => before is null
        ? store.TryAddAsync(spec.Tenant, after, cancellationToken)
        : store.TryUpdateAsync(spec.Tenant, after, before.Revision, cancellationToken);

    private async ValueTask<StoredPlan> RecordAsync(Frame frame, string key, PlanStatus? from, StoredPlan plan)
    {
        if (frame.Run.Journal.Recorded<PlanChangedData>(JournalEntryKind.PlanChanged, key) is not null) return plan;
        await frame.Run.Journal.AppendAsync(key, frame.Agent.Name, new PlanChangedData
        {
            PlanId = plan.PlanId,
            From = from,
            To = plan.Status,
            Version = plan.Version,
            ContentHash = plan.ContentHash,
            Label = Find(plan.SpecName).Label(plan.Status),
            By = plan.History[^1].By,
        }).ConfigureAwait(false);
        return plan;
    }

    private static SluiceException Changed(string planId) =>
        new(ErrorCodes.PlanStatusConflict, $"Plan '{planId}' was changed by somebody else meanwhile. Read it again.");
}

using Sluice.Journal;
using Sluice.Runtime.Drift;
using Sluice.Runtime.Forks;

namespace Sluice.Runtime.Audit;

/// <summary>Tells a run's entries in words. What only shows how an answer came about, such as text as it streamed, is left out.</summary>
internal sealed class RunAccount(IReadOnlyList<AuditStep> steps)
{
    private const string Runtime = "runtime";
    private const string Unknown = "; no outcome is recorded: unknown whether it happened";
    private readonly List<AuditLine> _lines = [];
    private readonly HashSet<(JournalEntryKind, string)> _outcomes =
        [.. steps.Where(step => step.Data is ToolCompletedData or ActionCompletedData).Select(step => (step.Entry.Kind, step.Entry.Key))];

    public IReadOnlyList<AuditLine> Lines => _lines;

    public void Add(AuditStep step)
    {
        var entry = step.Entry;
        switch (step.Data)
        {
            case RunStartedData started: AddStart(entry, started); break;
            case FrameStartedData { ParentToolUseId: not null } frame: Add(entry, $"was asked: {Words.Quote(frame.Prompt)}"); break;
            case TurnCompletedData turn: AddTurn(entry, turn); break;
            case ToolStartedData claim: AddClaim(entry, JournalEntryKind.ToolCompleted, $"began '{claim.ToolName}', attempt {claim.Attempt}"); break;
            case ToolCompletedData tool: Add(entry, Tell(tool)); break;
            case ApprovalRequestedData { Request: var request }: Add(entry, Tell(request)); break;
            case ApprovalDecidedData decided: Add(entry, Tell(decided), decided.Mac is null ? Runtime : decided.DecidedBy ?? "somebody unnamed"); break;
            case PlanChangedData plan: Add(entry, Tell(plan), plan.By ?? entry.Agent); break;
            case ActionStartedData action: AddClaim(entry, JournalEntryKind.ActionCompleted, $"began {Name(action.Index, action.ActionKind)} of plan '{action.PlanId}'"); break;
            case ActionCompletedData action: Add(entry, Tell(action)); break;
            case ReferenceCreatedData { Envelope: var value }: Add(entry, $"stored {value.Kind} {value.Id}, {value.Bytes} bytes"); break;
            case FrameCompletedData frame: Add(entry, frame.Error is { } error ? $"failed: {Words.Of(error)}" : $"was done ({Words.Of(frame.FinishReason)})"); break;
            case HistoryCompactedData folded: Add(entry, $"folded {folded.TurnsFolded} turns and {folded.ToolResultsFolded} results of the history", Runtime); break;
            case EventEmittedData emitted: AddEmitted(entry, emitted); break;
            case RunEndedData ended: Add(entry, Tell(ended), Runtime); break;
        }
    }

    private void AddStart(JournalEntry entry, RunStartedData started)
    {
        Add(entry, $"began the run with agent '{started.EntryAgent}': {Words.Quote(started.Prompt)}", Runtime);
        if (started.ForkedFrom is not { } origin) return;
        var effects = origin.Effects == ForkEffects.Run ? "effects happen" : "effects are answered from that record";
        Add(entry, $"forked it from run '{origin.RunId}' at entry {origin.Sequence}; entries up to {origin.Entries} are copies, and {effects}", Runtime);
    }

    private void AddTurn(JournalEntry entry, TurnCompletedData turn)
    {
        foreach (var part in turn.Parts)
        {
            if (part is TextPart { Text.Length: > 0 } text) Add(entry, $"said {Words.Quote(text.Text)}");
            else if (part is ToolCallPart call) Add(entry, $"called '{Words.Plain(call.Name)}' with {Words.Of(call.Arguments)}");
        }
    }

    private void AddClaim(JournalEntry entry, JournalEntryKind outcome, string what)
    {
        // A later attempt under the same key has its own line; the outcome is that of the last one.
        var isOpen = !_outcomes.Contains((outcome, entry.Key));
        Add(entry, isOpen ? what + Unknown : what, isInDoubt: isOpen);
    }

    private void AddEmitted(JournalEntry entry, EventEmittedData emitted)
    {
        foreach (var told in emitted.Events)
        {
            if (told is CustomEvent { EventType: DriftCheck.Accepted } accepted) Add(entry, $"went on under another spec: {Words.Of(accepted.Data)}", Runtime);
            else if (told is CustomEvent { EventType: RecordedEffects.Recalled } recalled) Add(entry, $"had no effect and took a recorded result: {Words.Of(recalled.Data)}");
            else if (told is CustomEvent custom) Add(entry, $"emitted '{Words.Plain(custom.EventType)}': {Words.Of(custom.Data)}", entry.Agent ?? Runtime);
            else if (told is FileRegisteredEvent file) Add(entry, $"registered file '{Words.Plain(file.Name)}' as {file.Reference.Kind} {file.Reference.Id}");
        }
    }

    private static string Tell(ToolCompletedData tool)
    {
        if (tool.Error is { } error) return $"{(tool.DurationMs is null ? "did not run" : "failed in")} '{Words.Plain(tool.ToolName)}': {Words.Of(error)}";
        return $"got from '{Words.Plain(tool.ToolName)}': {Results.Tell(tool)}";
    }

    private static string Tell(ApprovalRequest request)
    {
        var policy = request.Policy;
        var approvers = policy.Approvers.Count > 0 ? $" by {string.Join(" or ", policy.Approvers)}" : "";
        var quorum = policy.Quorum > 1 ? $", {policy.Quorum} of them" : "";
        var what = request.Kind == ApprovalKind.Plan ? $"plan '{request.Target}'" : $"'{request.Target}' with {Words.Of(request.Payload)}";
        return $"asked for approval{approvers}{quorum} of {what} ({request.Id}, by rule {Words.Plain(request.Rule)})";
    }

    private static string Tell(ApprovalDecidedData decided)
    {
        if (decided.Mac is null) return $"let {decided.ApprovalId} expire: nobody decided";
        var said = string.IsNullOrEmpty(decided.Feedback) ? "" : $": {Words.Quote(decided.Feedback)}";
        var edited = decided.Partial is null ? "" : decided.Outcome == ApprovalOutcome.Approve ? ", edited" : ", with a suggestion";
        var grant = decided.Grant is { } scope ? $", and later calls within {scope.ToString().ToLowerInvariant()}" : "";
        return $"answered {decided.ApprovalId} with {Words.Of(decided.Outcome)}{edited}{grant}{said}";
    }

    private static string Tell(PlanChangedData plan) => plan.To == PlanStatus.Draft
        ? $"stored plan '{plan.PlanId}' version {plan.Version} as a draft, content {plan.ContentHash[..Math.Min(12, plan.ContentHash.Length)]}"
        : $"moved plan '{plan.PlanId}' version {plan.Version} to {plan.To.ToString().ToLowerInvariant()}";

    private static string Tell(ActionCompletedData action)
    {
        var name = $"{Name(action.Index, action.ActionKind)} of plan '{action.PlanId}'";
        if (action.Error is { } error) return $"failed in {name}: {Words.Of(error)}";
        var summary = action.Result?.Summary is { } said ? $", {Words.Quote(said)}" : "";
        return action.Status == ActionStatus.Compensated
            ? $"undid {name}"
            : $"applied {name}: {action.Result?.EntitiesAffected ?? 0} affected{summary}";
    }

    private static string Tell(RunEndedData ended) => ended.Error is { } error
        ? $"ended the run, failed: {Words.Of(error)}"
        : $"ended the run: {(ended.FinishReason is { } reason ? Words.Of(reason) : "for no reason on record")}{(ended.Limit is { } limit ? $", {limit}" : "")}";

    private static string Name(int index, string kind) => index < 0 ? "the whole" : $"action {index} ({kind})";

    private void Add(JournalEntry entry, string what, string? who = null, bool isInDoubt = false) => _lines.Add(new()
    {
        Sequence = entry.Sequence,
        At = entry.At,
        Kind = entry.Kind,
        Who = Words.Plain(who ?? entry.Agent ?? Runtime),
        What = what,
        IsInDoubt = isInDoubt,
    });
}

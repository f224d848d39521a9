using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Evals.Recording;

/// <summary>Gathers from the entries of one run, in order, what evals look at.</summary>
internal sealed class RunReading
{
    private readonly List<TrajectoryCall> _calls = [];
    private readonly Dictionary<string, int> _callByKey = new(StringComparer.Ordinal);
    private readonly List<ModelInvocation> _invocations = [];
    private readonly List<(string Agent, ErrorInfo Error)> _failures = [];
    private readonly List<(string PlanId, int Index)> _executed = [];
    private readonly Dictionary<string, string> _planHashes = new(StringComparer.Ordinal);
    private JournalEntry? _started;
    private DateTimeOffset _lastAt;

    /// <summary>Whether the run began.</summary>
    public bool HasStarted => _started is not null;

    /// <summary>What the run was asked; read only when it is wanted.</summary>
    public RunStartedData Started => (RunStartedData)_started!.ReadData();

    public DateTimeOffset StartedAt => _started!.At;

    public RunEndedData? Ended { get; private set; }

    /// <summary>Every call, in the order in which models asked.</summary>
    public IReadOnlyList<TrajectoryCall> Calls => _calls;

    public IReadOnlyList<ModelInvocation> Invocations => _invocations;

    public IReadOnlyList<(string Agent, ErrorInfo Error)> AgentFailures => _failures;

    /// <summary>The plan that was stored last; null when none was.</summary>
    public string? StoredPlan { get; private set; }

    /// <summary>The content of each plan that the run changed, as it left it.</summary>
    public IReadOnlyDictionary<string, string> PlanHashes => _planHashes;

    /// <summary>The actions that were executed and not undone, in order, by plan and place; place -1 is all of the plan.</summary>
    public IReadOnlyList<(string PlanId, int Index)> Executed => _executed;

    /// <summary>The answer of the agent that was asked; null when there is none.</summary>
    public string? Response { get; private set; }

    /// <summary>From the beginning to the end, or to the last entry of a run that has not ended, in milliseconds.</summary>
    public long LatencyMs => Ended?.TotalMs ?? (long)(_lastAt - StartedAt).TotalMilliseconds;

    public TokenUsage Usage => Ended?.Usage ?? _invocations.Aggregate(TokenUsage.Zero, (sum, call) => sum + call.Usage);

    public decimal? CostUsd => Ended is { } ended ? ended.CostUsd
        : _invocations.Any(call => call.CostUsd is null) ? null : _invocations.Sum(call => call.CostUsd);

    public void Add(JournalEntry entry)
    {
        _lastAt = entry.At;
        switch (entry.Kind)
        {
            case JournalEntryKind.RunStarted:
                _started = entry;
                break;
            case JournalEntryKind.TurnCompleted:
                AddTurn(entry, (TurnCompletedData)entry.ReadData());
                break;
            case JournalEntryKind.ToolCompleted:
                AddResult(entry.Key, (ToolCompletedData)entry.ReadData());
                break;
            case JournalEntryKind.PlanChanged:
                AddPlan((PlanChangedData)entry.ReadData());
                break;
            case JournalEntryKind.ActionCompleted:
                AddAction((ActionCompletedData)entry.ReadData());
                break;
            case JournalEntryKind.FrameCompleted:
                AddFrameEnd(entry, (FrameCompletedData)entry.ReadData());
                break;
            case JournalEntryKind.RunEnded:
                Ended = (RunEndedData)entry.ReadData();
                break;
        }
    }

    private void AddTurn(JournalEntry entry, TurnCompletedData turn)
    {
        _invocations.Add(new()
        {
            Agent = entry.Agent ?? "",
            Model = turn.Model,
            Usage = turn.Usage,
            CostUsd = turn.CostUsd,
            LatencyMs = turn.LatencyMs,
            FinishReason = turn.FinishReason,
        });
        foreach (var call in turn.Parts.OfType<ToolCallPart>())
        {
            _callByKey[StepKey.Call(entry.Key, call.Id)] = _calls.Count;
            _calls.Add(new()
            {
                Name = call.Name,
                Arguments = call.Arguments.ValueKind == JsonValueKind.Undefined ? null : call.Arguments,
                Agent = entry.Agent,
                Depth = DepthOf(entry.Key),
                Turn = _invocations.Count,
            });
        }
    }

    /// <summary>Every frame below the first adds a turn and a call to the key.</summary>
    private static int DepthOf(string turnKey) => StepKey.FrameOf(turnKey).Count('/') / 2;

    private void AddResult(string key, ToolCompletedData completed)
    {
        if (!_callByKey.TryGetValue(key, out var place)) return;
        _calls[place] = _calls[place] with { Result = completed.Result, Error = completed.Error, DurationMs = completed.DurationMs };
    }

    private void AddPlan(PlanChangedData changed)
    {
        _planHashes[changed.PlanId] = changed.ContentHash;
        if (changed.To == PlanStatus.Draft) StoredPlan = changed.PlanId;
    }

    private void AddAction(ActionCompletedData completed)
    {
        if (completed.Status == ActionStatus.Executed) _executed.Add((completed.PlanId, completed.Index));
        else if (completed.Status == ActionStatus.Compensated) _executed.Remove((completed.PlanId, completed.Index));
    }

    private void AddFrameEnd(JournalEntry entry, FrameCompletedData completed)
    {
        if (completed.Error is { } error) _failures.Add((entry.Agent ?? "", error));
        if (entry.Key == StepKey.Main && completed.Text.Length > 0) Response = completed.Text;
    }
}

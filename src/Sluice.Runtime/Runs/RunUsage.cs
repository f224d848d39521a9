using Sluice.Journal;

namespace Sluice.Runtime.Runs;

/// <summary>What a run used so far, per agent and model. Changed under its own lock: read-only tools run in parallel.</summary>
internal sealed class RunUsage
{
    private readonly Lock _gate = new();
    private readonly List<Line> _agents = new(1);
    private readonly List<Line> _models = new(1);
    private TokenSum _total;

    public int Turns { get; private set; }

    public int ToolCalls { get; private set; }

    public TokenUsage Total => _total.ToUsage();

    /// <summary>Input and output tokens together.</summary>
    public long Tokens => _total.Tokens;

    public decimal? CostUsd { get; private set; } = 0m;

    /// <summary>The time of work so far, waiting for people left out.</summary>
    public TimeSpan Worked { get; private set; }

    public void AddTurn(string agent, string model, TurnCompletedData turn)
    {
        lock (_gate)
        {
            Turns++;
            _total.Add(turn.Usage);
            CostUsd += turn.CostUsd;
            Find(_agents, agent).Add(turn);
            Find(_models, model).Add(turn);
        }
    }

    /// <summary>Counts the call that wrote a summary. It is no turn of a frame.</summary>
    public void AddSummary(string agent, HistoryCompactedData folded)
    {
        if (folded.Model is not { } model) return;
        lock (_gate)
        {
            _total.Add(folded.Usage);
            CostUsd += folded.CostUsd;
            Find(_agents, agent).Add(folded.Usage, folded.CostUsd, folded.LatencyMs);
            Find(_models, model).Add(folded.Usage, folded.CostUsd, folded.LatencyMs);
        }
    }

    /// <summary>Counts a step that was recorded before this process took the run up.</summary>
    /// <param name="agent">The agent, which the spec may not have any more.</param>
    /// <param name="model">The model it is configured with, for turns that do not name theirs.</param>
    /// <param name="step">The step.</param>
    public void AddRecorded(string agent, string model, JournalData step)
    {
        switch (step)
        {
            case TurnCompletedData turn:
                AddTurn(agent, turn.Model ?? model, turn);
                AddWork(TimeSpan.FromMilliseconds(turn.LatencyMs));
                break;
            case HistoryCompactedData folded:
                AddSummary(agent, folded);
                AddWork(TimeSpan.FromMilliseconds(folded.LatencyMs));
                break;
            case ToolCompletedData { DurationMs: { } duration } tool:
                TryAddToolCall(most: null);
                // What a tool of the runtime's own takes is the work of others, or waiting.
                if (!BuiltInTools.ToolNames.Contains(tool.ToolName)) AddWork(TimeSpan.FromMilliseconds(duration));
                break;
        }
    }

    /// <summary>Counts a tool call that is about to run.</summary>
    /// <returns>False, and nothing counted, when that many have run already.</returns>
    public bool TryAddToolCall(int? most)
    {
        lock (_gate)
        {
            if (ToolCalls >= most) return false;
            ToolCalls++;
            return true;
        }
    }

    public void AddWork(TimeSpan time)
    {
        lock (_gate)
            Worked += time;
    }

    public RunEndedData ToRunEnded(FinishReason? reason, string? limit, ErrorInfo? error, TimeSpan total)
    {
        lock (_gate)
        {
            return new()
            {
                FinishReason = reason,
                Limit = limit,
                Error = error,
                Usage = Total,
                CostUsd = CostUsd,
                Agents = [.. _agents.Select(line => line.ToUsage())],
                Models = [.. _models.Select(line => line.ToUsage())],
                AgentLatency = [.. _agents.Select(line => line.ToLatency())],
                ModelLatency = [.. _models.Select(line => line.ToLatency())],
                TotalMs = (long)total.TotalMilliseconds,
            };
        }
    }

    private static Line Find(List<Line> lines, string name)
    {
        foreach (var line in lines)
        {
            if (line.Name == name) return line;
        }

        var added = new Line(name);
        lines.Add(added);
        return added;
    }

    private sealed class Line(string name)
    {
        private TokenSum _usage;
        private decimal? _costUsd = 0m;
        private int _calls;
        private long _latencyMs;

        public string Name { get; } = name;

        public void Add(TurnCompletedData turn) => Add(turn.Usage, turn.CostUsd, turn.LatencyMs);

        public void Add(TokenUsage usage, decimal? costUsd, long latencyMs)
        {
            _usage.Add(usage);
            _costUsd += costUsd;
            _calls++;
            _latencyMs += latencyMs;
        }

        public UsageLine ToUsage() => new() { Name = Name, Usage = _usage.ToUsage(), CostUsd = _costUsd };

        public LatencyLine ToLatency() => new() { Name = Name, Calls = _calls, TotalMs = _latencyMs };
    }
}

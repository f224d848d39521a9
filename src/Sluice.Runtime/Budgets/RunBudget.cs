using Sluice.Journal;
using Sluice.Runtime.Loop;

namespace Sluice.Runtime.Budgets;

/// <summary>
/// What a run may still use. Turns, tool calls and time are known before a step. What a model call will use is not: the agent's last call
/// is the least that the next one, which sends all of it again, can be expected to use.
/// </summary>
/// <param name="limits">The limits of every run.</param>
/// <param name="wrapsUp">Whether the entry agent can have a last turn.</param>
internal sealed class RunBudget(Limits limits, bool wrapsUp)
{
    public const string Turns = "turns";
    public const string ToolCalls = "tool_calls";
    public const string Tokens = "tokens";
    public const string CostUsd = "cost_usd";
    public const string WallTime = "wall_time";

    /// <summary>The limit that keeps a frame from an ordinary turn; null when it may have one.</summary>
    public string? LimitOfTurn(Frame frame)
    {
        var usage = frame.Run.Usage;
        if (usage.Turns >= limits.Turns) return Turns;
        if (usage.Worked >= limits.WallTime) return WallTime;
        var (next, last) = (frame.LastTurn, frame.Run.EntryTurn);
        if (limits.Tokens is { } tokens && (usage.Tokens >= tokens || DoNotFit(usage.Tokens, TokensOf(next), TokensOf(last), tokens))) return Tokens;
        if (limits.CostUsd is { } cost && (usage.CostUsd >= cost || DoNotFit(usage.CostUsd, next?.CostUsd, last?.CostUsd, cost))) return CostUsd;
        return null;
    }

    /// <summary>The limit that keeps a run from a tool call, which is counted otherwise; null when it may run.</summary>
    public string? LimitOfCall(Frame frame)
    {
        var usage = frame.Run.Usage;
        if (usage.Worked >= limits.WallTime) return WallTime;
        return usage.TryAddToolCall(limits.ToolCalls) ? null : ToolCalls;
    }

    /// <summary>Whether a frame may have one more turn, without tools, to wrap up when the run has reached a limit.</summary>
    public bool AllowsLastTurn(Frame frame, string limit)
    {
        var usage = frame.Run.Usage;
        return wrapsUp && limits.WrapUp && frame.Depth == 1 && limit switch
        {
            Tokens => usage.Tokens < limits.Tokens,
            CostUsd => usage.CostUsd < limits.CostUsd,
            _ => !(usage.Tokens >= limits.Tokens) && !(usage.CostUsd >= limits.CostUsd),
        };
    }

    /// <summary>Whether the next turn and the last word after it go beyond the limit together. Nothing is held back before anything is known.</summary>
    private bool DoNotFit(decimal? used, decimal? next, decimal? last, decimal limit)
    {
        var expected = (next ?? 0) + (last ?? 0);
        return wrapsUp && limits.WrapUp && expected > 0 && used + expected > limit;
    }

    private static decimal? TokensOf(TurnCompletedData? turn) => turn?.Usage.TotalTokens;
}

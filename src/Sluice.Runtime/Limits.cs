namespace Sluice;

/// <summary>The limits of a run. Reaching one of the first five ends the run with <c>finishReason: limit</c> and the limit's name.</summary>
/// <remarks>
/// They are looked at before each call. Where a model answers, the entry agent then has one last turn, without tools, to say what was done
/// and what is left: beyond <see cref="Turns"/>, <see cref="ToolCalls"/> and <see cref="WallTime"/>, and within <see cref="Tokens"/> and
/// <see cref="CostUsd"/>, which the turn before has to leave room for. What a call will use is taken from the last one of its agent, so that
/// these two may be passed by one call that uses more.
/// </remarks>
public sealed record Limits
{
    /// <summary>The most model turns over all frames (<c>turns</c>); null: no limit.</summary>
    public int? Turns { get; init; }

    /// <summary>The most tool calls over all frames (<c>tool_calls</c>); null: no limit.</summary>
    public int? ToolCalls { get; init; }

    /// <summary>The most tokens, input and output (<c>tokens</c>); null: no limit.</summary>
    public long? Tokens { get; init; }

    /// <summary>The highest cost in US dollars (<c>cost_usd</c>), where prices are known; null: no limit.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The longest time of work, waiting for people left out (<c>wall_time</c>); checked before every model and tool call. Null: no limit.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Whether the entry agent gets a last turn when one of the limits above is reached. Default: true.</summary>
    public bool WrapUp { get; init; } = true;

    /// <summary>How deep frames may nest, at least 1. Default: 8.</summary>
    public int MaxDepth { get; init; } = 8;

    /// <summary>The most invalid tool calls in a row before the frame fails, at least 1. Default: 5.</summary>
    public int MaxInvalidToolCalls { get; init; } = 5;

    /// <summary>The most read-only calls of one turn that run at once, at least 1. Default: 8.</summary>
    public int MaxParallelToolCalls { get; init; } = 8;

    /// <summary>The largest tool result, in bytes of JSON, that goes to the model as it is. At least 256. Default: 65 536.</summary>
    public int MaxResultBytes { get; init; } = 64 * 1024;

    /// <summary>The largest arguments of a tool call, in bytes of JSON. At least 256. Default: 1 048 576.</summary>
    public int MaxArgumentBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest a tool may run when it does not say itself; null: as long as the run. Default: null.</summary>
    public TimeSpan? ToolTimeout { get; init; }

    /// <summary>
    /// How long a run that waits for a person stays in memory. Then its stream ends with <c>finish: suspended</c>; a decision brings the run
    /// back, and <c>ResumeAsync</c> or <c>EventsAsync</c> join it again. Not negative. Default: 1 hour.
    /// </summary>
    public TimeSpan SuspendAfter { get; init; } = TimeSpan.FromHours(1);
}

using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Loop;

/// <summary>One invocation of one agent inside a run.</summary>
internal sealed class Frame(ActiveRun run, CompiledAgent agent, string path, string prompt, string? parentToolUseId, int depth)
{
    public ActiveRun Run { get; } = run;

    public CompiledAgent Agent { get; } = agent;

    /// <summary>The frame's step key.</summary>
    public string Path { get; } = path;

    public string Prompt { get; } = prompt;

    public string? ParentToolUseId { get; } = parentToolUseId;

    /// <summary>1 for the run's first frame.</summary>
    public int Depth { get; } = depth;

    /// <summary>What the model sees next.</summary>
    public List<ChatMessage> Messages { get; } = new(3);

    /// <summary>Where this frame's own messages begin: after the system prompt and what the agent remembers.</summary>
    public int FirstOwnMessage { get; set; }

    /// <summary>The turns taken so far.</summary>
    public int Turn { get; set; }

    /// <summary>What the last turn used; null before the first.</summary>
    public TurnCompletedData? LastTurn { get; set; }

    public int InvalidCallsInARow { get; set; }

    public TokenUsage Usage { get; set; } = TokenUsage.Zero;

    public decimal? CostUsd { get; set; } = 0m;

    public long LatencyMs { get; set; }
}

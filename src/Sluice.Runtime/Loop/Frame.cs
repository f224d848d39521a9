using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Composition;
using Sluice.Runtime.History;
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

    /// <summary>Whether the frame makes the call that its run is, and asks no model.</summary>
    public bool IsToolCall => Run.IsToolCall && Depth == 1;

    /// <summary>What answers.</summary>
    public IChatClient Client => IsToolCall ? ToolCallClient.Instance : Agent.Client;

    /// <summary>What the model sees next.</summary>
    public List<ChatMessage> Messages { get; } = new(3);

    /// <summary>Where the frame's prompt is among the messages: after the system prompt and what the agent remembers.</summary>
    public int PromptIndex { get; set; }

    /// <summary>What the agent remembered when the frame began. Nothing for a stateless agent.</summary>
    public IReadOnlyList<HistorySegment> Remembered { get; private set; } = [];

    /// <summary>Whether history was folded, so that the messages stand also for what the agent remembered.</summary>
    public bool IsCompacted { get; set; }

    /// <summary>How many tokens the messages are.</summary>
    public ContextSize Size { get; } = new();

    /// <summary>The usage of the last turn, until the size is measured with it; null when it has been.</summary>
    public TokenUsage? UnmeasuredUsage { get; set; }

    /// <summary>The turns taken so far.</summary>
    public int Turn { get; set; }

    /// <summary>What the last turn used; null before the first.</summary>
    public TurnCompletedData? LastTurn { get; set; }

    public int InvalidCallsInARow { get; set; }

    public TokenUsage Usage { get; set; } = TokenUsage.Zero;

    public decimal? CostUsd { get; set; } = 0m;

    public long LatencyMs { get; set; }

    /// <summary>Adds what the agent remembers to the messages.</summary>
    public void Remember(IReadOnlyList<HistorySegment> segments)
    {
        Remembered = segments;
        foreach (var segment in segments)
        {
            Messages.AddRange(segment.Messages);
            Size.Measure(segment.Tokens, Messages, Messages.Count - segment.Uncounted, Agent.DeclarationBytes);
        }
    }

    /// <summary>What the frame adds to what the agent remembers.</summary>
    public HistorySegment ToSegment()
    {
        var first = IsCompacted ? 1 : PromptIndex;
        Measure();
        return new(Messages.GetRange(first, Messages.Count - first), Size.Tokens, Messages.Count - Size.Measured);
    }

    /// <summary>Takes the size that the provider reported with the last turn, whose message is the last of the assistant's.</summary>
    public void Measure()
    {
        if (UnmeasuredUsage is not { InputTokens: > 0 } usage) return;
        UnmeasuredUsage = null;
        Size.Measure(usage.TotalTokens, Messages, Messages.FindLastIndex(message => message.Role == ChatRole.Assistant) + 1, Agent.DeclarationBytes);
    }
}

using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Loop;

namespace Sluice.Runtime.Tools;

/// <summary>One tool call on its way: as the model wrote it, what was found out about it, and what comes of it.</summary>
internal sealed class ToolCall(Frame frame, ToolCallPart part, string key)
{
    public Frame Frame { get; } = frame;

    public ToolCallPart Part { get; } = part;

    /// <summary>The call's step key.</summary>
    public string Key { get; } = key;

    public string Id => Part.Id;

    public JsonElement Arguments => Part.Arguments;

    /// <summary>The tool; null when the agent has none of this name.</summary>
    public CompiledTool? Tool { get; init; }

    /// <summary>The request that gates the call; null when nothing does.</summary>
    public ApprovalRequest? Request { get; set; }

    /// <summary>What came of it; null until that is known.</summary>
    public ToolOutcome? Outcome { get; set; }

    /// <summary>Whether the outcome was in the journal before.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Which attempt runs, from 1.</summary>
    public int Attempt { get; set; } = 1;

    public bool MayRunInParallel => Outcome is not null || (Request is null && Tool!.IsReadOnly && Tool.BuiltIn is null);
}

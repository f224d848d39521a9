using System.Text.Json;

namespace Sluice;

/// <summary>A tool call that was made. A plain string stands for one without arguments.</summary>
public sealed record TrajectoryCall
{
    /// <summary>The tool's name as the model wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments, as the model wrote them; null when there are none or they were no JSON.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The agent that called; null where it is not known.</summary>
    public string? Agent { get; init; }

    /// <summary>How deep in sub-agents: 0 for the agent that was asked.</summary>
    public int Depth { get; init; }

    /// <summary>Counts the model turns of the run, from 1: calls of one turn were asked for together. 0 where it is not known.</summary>
    public int Turn { get; init; }

    /// <summary>The result, when the call went well; null where it is not kept.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Why it did not go well.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>How long the tool ran, in milliseconds; null when it did not run or it is not known.</summary>
    public long? DurationMs { get; init; }

    /// <summary>A plain string stands for a call without arguments.</summary>
    public static implicit operator TrajectoryCall(string name) => FromString(name);

    /// <summary>A call of a tool without arguments.</summary>
    public static TrajectoryCall FromString(string name) => new() { Name = name };
}

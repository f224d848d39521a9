using System.Text.Json.Serialization;

namespace Sluice.Journal;

/// <summary>What a run was asked to do, and under which definitions.</summary>
public sealed record RunStartedData : JournalData
{
    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The agent that answers the prompt.</summary>
    public required string EntryAgent { get; init; }

    /// <summary>SHA-256, in hex, of the runtime spec's JSON without keys: agents, tools and plans are part of it.</summary>
    public required string SpecHash { get; init; }

    /// <summary>The version of the journal in which the run is written. Default: 1.</summary>
    public int JournalVersion { get; init; } = 1;

    /// <summary>The run that this one was forked from; null for an ordinary run.</summary>
    public ForkOrigin? ForkedFrom { get; init; }

    /// <summary>The sample of an eval that the run is; null: none. Forks of it are none.</summary>
    public EvalSample? EvalSample { get; init; }

    /// <summary>Whether the run is one tool call that was asked for from outside: the prompt says which, and no model is asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsToolCall { get; init; }
}

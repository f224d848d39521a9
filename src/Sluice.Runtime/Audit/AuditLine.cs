using System.Text.Json.Serialization;
using Sluice.Journal;
using Sluice.Json;

namespace Sluice;

/// <summary>One thing that happened in a run.</summary>
public sealed record AuditLine
{
    /// <summary>The journal entry that says so. An entry may give several lines, or none.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>What the entry records.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>Who did it: an agent's name, a person as the host named them, or <c>runtime</c>.</summary>
    public required string Who { get; init; }

    /// <summary>What was done, in words, on one line. Long texts are cut, and values behind references are never shown.</summary>
    public required string What { get; init; }

    /// <summary>Whether it was begun and no outcome is recorded: it may have happened or not. Default: false.</summary>
    public bool IsInDoubt { get; init; }
}

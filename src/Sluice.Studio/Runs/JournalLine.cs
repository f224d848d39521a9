using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Studio.Runs;

/// <summary>A journal entry as JSON: hashes in hex, and what it says as it was written.</summary>
internal sealed record JournalLine
{
    public required long Sequence { get; init; }

    public required JournalEntryKind Kind { get; init; }

    public required string Key { get; init; }

    public string? Agent { get; init; }

    public required DateTimeOffset At { get; init; }

    public required JsonElement Data { get; init; }

    /// <summary>The sequence of the last event that this entry or an earlier one gave rise to.</summary>
    public required long EventSequence { get; init; }

    public required string Hash { get; init; }

    public required string PreviousHash { get; init; }

    public static JournalLine Of(JournalEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Kind = entry.Kind,
        Key = entry.Key,
        Agent = entry.Agent,
        At = entry.At,
        Data = JsonElement.Parse(entry.Data.Span),
        EventSequence = entry.EventSequence,
        Hash = Convert.ToHexStringLower(entry.Hash.Span),
        PreviousHash = Convert.ToHexStringLower(entry.PreviousHash.Span),
    };
}

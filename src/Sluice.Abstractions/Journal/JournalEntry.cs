using System.Text.Json;

namespace Sluice.Journal;

/// <summary>One record of a run. What it says is opaque to stores: they keep bytes.</summary>
public sealed record JournalEntry
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The entry's place in the run: 1, 2, 3, … without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>What it records.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>The step it belongs to: frame path, turn and tool call. With the kind it names the entry within its run, except for emitted events.</summary>
    public required string Key { get; init; }

    /// <summary>The agent of the frame; null outside a frame.</summary>
    public string? Agent { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it says: UTF-8 JSON in the form of <see cref="JournalJson"/>.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The sequence of the last event that this entry or an earlier one gave rise to.</summary>
    public required long EventSequence { get; init; }

    /// <summary>The hash of the entry before; 32 zero bytes for the first.</summary>
    public required ReadOnlyMemory<byte> PreviousHash { get; init; }

    /// <summary>SHA-256 over everything above, as <see cref="JournalHash"/> writes it.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Reads what the entry says.</summary>
    /// <exception cref="JsonException">The data is not of the entry's kind.</exception>
    public JournalData ReadData() => JournalJson.Read(Kind, Data.Span);
}

using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>What a cassette holds.</summary>
internal sealed class Cassette
{
    public required string Path { get; init; }

    /// <summary>The answers, in the order in which they were recorded.</summary>
    public required IReadOnlyList<RecordedAnswer> Answers { get; init; }

    /// <summary>Messages and tools by hash.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Definitions { get; init; }

    /// <summary>The number of the last line, where writing it was broken off; null when the file is whole.</summary>
    public int? TornLine { get; init; }

    /// <summary>Whether there is a first line; a file without one holds nothing.</summary>
    public required bool HasHeader { get; init; }
}

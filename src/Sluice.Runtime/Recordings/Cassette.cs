using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>What a cassette holds.</summary>
internal sealed class Cassette
{
    public required string Path { get; init; }

    /// <summary>The answers, in the order in which they were recorded.</summary>
    public required IReadOnlyList<RecordedAnswer> Answers { get; init; }

    /// <summary>Messages and tools by hash. A message comes after the one that it refers to, so that following them ends.</summary>
    public required IReadOnlyDictionary<string, CassetteDefinition> Definitions { get; init; }

    /// <summary>The number of the last line, where writing it was broken off; null when the file is whole.</summary>
    public int? TornLine { get; init; }

    /// <summary>Whether there is a first line; a file without one holds nothing.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The messages of a recorded request, in order.</summary>
    public IReadOnlyList<CassetteDefinition> MessagesOf(RecordedAnswer answer)
    {
        var messages = new List<CassetteDefinition>();
        for (var hash = answer.LastMessage; !string.IsNullOrEmpty(hash); hash = messages[^1].After) messages.Add(Definitions[hash]);
        messages.Reverse();
        return messages;
    }

    /// <summary>A recorded request with its tools and messages in it.</summary>
    public JsonElement RequestOf(RecordedAnswer answer) =>
        CassetteLines.Expand(answer.Request, answer.Tools is null ? null : Definitions[answer.Tools].Json, MessagesOf(answer));
}

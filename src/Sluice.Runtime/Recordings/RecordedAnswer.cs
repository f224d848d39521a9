using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>One line of a cassette.</summary>
/// <param name="Line">Which one, from 1.</param>
/// <param name="Key">The key of its request.</param>
/// <param name="Request">The request, with hashes in the place of messages and tools.</param>
/// <param name="Answer">The answer, with placeholders.</param>
internal sealed record RecordedAnswer(int Line, string Key, JsonElement Request, JsonElement Answer)
{
    public string? Model { get; } = PartJson.OptionalTextOf(Request, "model");

    /// <summary>The hash of the last message; empty when there are no messages.</summary>
    public string LastMessage { get; } = PartJson.TextOf(Request, "messages");

    /// <summary>The hash of the tools; null when there are none.</summary>
    public string? Tools { get; } = PartJson.OptionalTextOf(Request, "tools");
}

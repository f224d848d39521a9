using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Recordings;

/// <summary>One answer of a model: what of its stream counts.</summary>
internal sealed record CassetteAnswer
{
    public required IReadOnlyList<AIContent> Contents { get; init; }

    public string? Model { get; init; }

    public string? FinishReason { get; init; }

    public UsageDetails? Usage { get; init; }

    public void Write(MaskedJson json)
    {
        json.Json.WriteStartObject();
        json.Json.WriteStartArray("parts");
        foreach (var content in Contents) PartJson.Write(json, content, IdOf);
        json.Json.WriteEndArray();
        json.WriteString("model", Model);
        json.WriteString("finishReason", FinishReason);
        if (Usage is not null)
        {
            // Counts are never values of the request, even where they happen to be equal to one.
            json.Json.WritePropertyName("usage");
            JsonSerializer.Serialize(json.Json, Usage, AIJsonUtilities.DefaultOptions);
        }

        json.Json.WriteEndObject();
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">The value has not the shape of one.</exception>
    public static CassetteAnswer Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("parts", out var parts) || parts.ValueKind != JsonValueKind.Array)
            throw new JsonException("An answer is an object with an array of \"parts\".");
        return new()
        {
            Contents = [.. parts.EnumerateArray().Select(PartJson.Read)],
            Model = PartJson.OptionalTextOf(answer, "model"),
            FinishReason = PartJson.OptionalTextOf(answer, "finishReason"),
            Usage = answer.TryGetProperty("usage", out var usage) ? usage.Deserialize<UsageDetails>(AIJsonUtilities.DefaultOptions) : null,
        };
    }

    private static string? IdOf(AIContent content) => (content as FunctionCallContent)?.CallId ?? (content as FunctionResultContent)?.CallId;

    /// <summary>The answer as a stream: every part in one piece, then how it ended and what it used.</summary>
    public IEnumerable<ChatResponseUpdate> ToUpdates()
    {
        foreach (var content in Contents) yield return new(ChatRole.Assistant, [content]) { ModelId = Model };
        yield return new(ChatRole.Assistant, Usage is null ? [] : [new UsageContent(Usage)])
        {
            ModelId = Model,
            FinishReason = FinishReason is null ? null : new ChatFinishReason(FinishReason),
        };
    }
}

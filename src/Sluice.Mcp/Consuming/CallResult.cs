using System.Text.Json;
using Sluice.Json;

namespace Sluice.Mcp.Consuming;

/// <summary>Reads what a server answers to a call.</summary>
internal static class CallResult
{
    /// <summary>
    /// The structured content; else the text, where there is nothing but text; else the blocks as they are, with data in base64. Blocks that
    /// are no text go with structured content, so that nothing is lost.
    /// </summary>
    /// <exception cref="SluiceException"><c>tool_failed</c>, with the server's text, or <c>invalid_result</c>.</exception>
    public static JsonElement Read(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object) throw Invalid("is no object");
        JsonElement[] blocks = result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array ? [.. content.EnumerateArray()] : [];
        var texts = blocks.Select(TextOf).ToList();
        if (result.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True)
        {
            var message = ServerText.Lines(string.Join('\n', texts.OfType<string>()), ConsumingLimits.ErrorLength);
            throw new SluiceException(ErrorCodes.ToolFailed, message.Length > 0 ? message : "The tool failed and did not say why.");
        }

        try
        {
            return SluiceJson.Detach(Choose(result, blocks, texts));
        }
        catch (JsonException exception)
        {
            throw Invalid($"can't be kept: {exception.Message}");
        }
    }

    private static JsonElement Choose(JsonElement result, JsonElement[] blocks, List<string?> texts)
    {
        JsonElement[] others = [.. blocks.Where((_, index) => texts[index] is null)];
        if (result.TryGetProperty("structuredContent", out var structured) && structured.ValueKind == JsonValueKind.Object)
            return others.Length == 0 ? structured : JsonSerializer.SerializeToElement(new { structuredContent = structured, content = others });
        return others.Length == 0
            ? JsonSerializer.SerializeToElement(string.Join('\n', texts))
            : JsonSerializer.SerializeToElement(new { content = blocks });
    }

    private static string? TextOf(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object
        && block.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text"u8)
        && block.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static SluiceException Invalid(string problem) => new(ErrorCodes.InvalidResult, $"The server's answer {problem}.");
}

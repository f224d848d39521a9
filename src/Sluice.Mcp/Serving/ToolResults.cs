using System.Text.Json;
using ModelContextProtocol.Protocol;
using Sluice.Json;

namespace Sluice.Mcp.Serving;

/// <summary>Results as the protocol has them: structured content, and the same as text for clients that know no other.</summary>
internal static class ToolResults
{
    public static ErrorInfo NoResult { get; } = new() { Code = ErrorCodes.Internal, Message = "The call ended without a result." };

    public static ErrorInfo Unfinished(FinishEvent finish) => new()
    {
        Code = finish.FinishReason == FinishReason.Limit ? ErrorCodes.LimitReached : ErrorCodes.Cancelled,
        Message = finish.Limit is { } limit ? $"The call reached the limit '{limit}'." : "The call was stopped before it was done.",
    };

    /// <summary>Structured content is an object: any other value is the member <c>result</c> of one.</summary>
    public static CallToolResult Of(JsonElement value) => new()
    {
        Content = [new TextContentBlock { Text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() }],
        StructuredContent = value.ValueKind == JsonValueKind.Object ? value : JsonSerializer.SerializeToElement(new { result = value }),
    };

    public static CallToolResult Of(ErrorInfo error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = error.ToString() }],
        StructuredContent = JsonSerializer.SerializeToElement(new { error }, SluiceJson.Options),
    };
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.History;

/// <summary>How many bytes a model reads of messages and tools, apart from what a protocol puts around them.</summary>
internal static class MessageBytes
{
    public static long Of(IReadOnlyList<ChatMessage> messages, int start, int end)
    {
        var bytes = 0L;
        for (var index = start; index < end; index++) bytes += Of(messages[index]);
        return bytes;
    }

    public static long Of(ChatMessage message)
    {
        var bytes = 0L;
        for (var index = 0; index < message.Contents.Count; index++) bytes += Of(message.Contents[index]);
        return bytes;
    }

    public static long OfTools(IEnumerable<ToolSpec> tools)
    {
        var bytes = 0L;
        foreach (var tool in tools) bytes += Count(tool.Name) + Count(tool.Description) + Count(tool.InputSchema);
        return bytes;
    }

    public static int Count(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;

    private static long Of(AIContent content) => content switch
    {
        TextContent text => Count(text.Text),
        TextReasoningContent reasoning => Count(reasoning.Text) + Count(reasoning.ProtectedData),
        FunctionCallContent call => Count(call.CallId) + Count(call.Name) + (call.RawRepresentation is JsonElement arguments ? Count(arguments) : 0),
        FunctionResultContent result => Count(result.CallId) + (result.Result is JsonElement value ? Count(value) : 0),
        _ => JsonSerializer.SerializeToUtf8Bytes(content, AIJsonUtilities.DefaultOptions).Length,
    };

    private static long Count(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}

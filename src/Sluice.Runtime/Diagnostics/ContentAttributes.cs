using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Diagnostics;

/// <summary>What is said to a model and by it, in the JSON shapes of the conventions.</summary>
internal static class ContentAttributes
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void SetRequest(Activity activity, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        // The conventions keep what a model is told it is apart from what is said to it.
        var instructions = messages.TakeWhile(message => message.Role == ChatRole.System).ToList();
        var told = instructions.SelectMany(message => message.Contents).ToList();
        if (!string.IsNullOrEmpty(options?.Instructions)) told.Add(new TextContent(options.Instructions));
        if (told.Count > 0) activity.SetTag(GenAIAttributes.SystemInstructions, Write(json => MessageJson.WriteParts(json, told)));

        activity.SetTag(GenAIAttributes.InputMessages, Write(json =>
        {
            foreach (var message in messages.Skip(instructions.Count)) MessageJson.WriteMessage(json, message, null);
        }));
        if (options?.Tools is { Count: > 0 } tools)
        {
            activity.SetTag(GenAIAttributes.ToolDefinitions, Write(json =>
            {
                foreach (var tool in tools) MessageJson.WriteTool(json, tool);
            }));
        }
    }

    public static void SetAnswer(Activity activity, ChatResponse response, ChatFinishReason? reason) =>
        activity.SetTag(GenAIAttributes.OutputMessages, Write(json =>
        {
            foreach (var message in response.Messages) MessageJson.WriteMessage(json, message, FinishReasonOf(reason));
        }));

    /// <summary>The conventions' own words, of which one differs from the field's.</summary>
    private static string FinishReasonOf(ChatFinishReason? reason) => reason is not { } known ? "stop"
        : known == ChatFinishReason.ToolCalls ? "tool_call" : known.Value;

    private static string Write(Action<Utf8JsonWriter> items)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}

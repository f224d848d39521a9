using Microsoft.Extensions.AI;
using Sluice.JsonSchemas;

namespace Sluice.StructuredOutput;

/// <summary>What a model is told about the shape of its answer.</summary>
internal static class StructuredPrompt
{
    private const int LongestName = 64;
    private const int LongestReturnedAnswer = 16 * 1024;
    private const int MostViolations = 20;

    /// <summary>The messages of the first call.</summary>
    public static List<ChatMessage> Begin(IEnumerable<ChatMessage> messages, JsonSchema schema, StructuredOutputOptions options)
    {
        var conversation = messages.ToList();
        if (options.UseResponseFormat) return conversation;
        var system = conversation.TakeWhile(message => message.Role == ChatRole.System).Count();
        var instruction = $"Answer with one JSON value that matches this JSON Schema, and with no other text.\n{schema.Source.GetRawText()}";
        conversation.Insert(system, new(ChatRole.System, instruction));
        return conversation;
    }

    public static ChatOptions Options(JsonSchema schema, string name, StructuredOutputOptions options)
    {
        var chatOptions = options.ChatOptions?.Clone() ?? new();
        chatOptions.ResponseFormat = options.UseResponseFormat
            ? ChatResponseFormat.ForJsonSchema(schema.Source, options.SchemaName ?? NameOf(name), options.SchemaDescription)
            : null;
        return chatOptions;
    }

    /// <summary>The model's own answer, and what is wrong with it.</summary>
    public static IEnumerable<ChatMessage> Repair(ModelAnswer answer, IReadOnlyList<JsonSchemaViolation> violations) =>
    [
        new(ChatRole.Assistant, ModelAnswer.Shorten(answer.Text, LongestReturnedAnswer)),
        new(ChatRole.User, $"Your answer is not valid:{List(violations)}\nAnswer again with JSON only: one value that matches the schema."),
    ];

    public static string List(IReadOnlyList<JsonSchemaViolation> violations)
    {
        var lines = string.Concat(violations.Take(MostViolations).Select(violation => $"\n- {violation}"));
        return violations.Count <= MostViolations ? lines : $"{lines}\n- and {violations.Count - MostViolations} more";
    }

    /// <summary>The name in the letters that providers take.</summary>
    private static string NameOf(string type) =>
        string.Concat(type.Take(LongestName).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}

using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.JsonSchemas;

namespace Sluice.StructuredOutput;

/// <summary>One question for a value, with at most one more for a better one.</summary>
internal sealed class StructuredCall<T>(IChatClient client, JsonSchema schema, string name, StructuredOutputOptions options, Func<JsonElement, T> read)
{
    private const string AvoidEmpty = "Say in the prompt what to answer, and give the model no tools to call instead.";

    private readonly UsageDetails _usage = new();
    private string? _model;

    public async Task<StructuredOutputResult<T>> RunAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var conversation = StructuredPrompt.Begin(messages, schema, options);
        var chatOptions = StructuredPrompt.Options(schema, name, options);
        var first = await AskAsync(conversation, chatOptions, cancellationToken).ConfigureAwait(false);
        var violations = Read(first, out var value);
        if (violations.Count > 0 && options.AllowRepair)
        {
            conversation.AddRange(StructuredPrompt.Repair(first, violations));
            var second = await AskAsync(conversation, chatOptions, cancellationToken).ConfigureAwait(false);
            violations = Read(second, out value);
            return violations.Count == 0 ? Result(value, isRepaired: true) : throw Invalid(second, violations);
        }

        return violations.Count == 0 ? Result(value, isRepaired: false) : throw Invalid(first, violations);
    }

    private async Task<ModelAnswer> AskAsync(IReadOnlyList<ChatMessage> conversation, ChatOptions chatOptions, CancellationToken cancellationToken)
    {
        var response = await client.GetResponseAsync(conversation, chatOptions, cancellationToken).ConfigureAwait(false);
        if (response.Usage is { } usage) _usage.Add(usage);
        _model = response.ModelId ?? _model;
        var answer = new ModelAnswer(response);
        return answer.IsRefused ? throw Failed(ErrorCodes.ModelRefused, $"The model refused to answer: {answer.Refusal}", answer) : answer;
    }

    /// <summary>Reads the value.</summary>
    /// <returns>Everything that is wrong with the answer; none when it has the value.</returns>
    private IReadOnlyList<JsonSchemaViolation> Read(ModelAnswer answer, out T value)
    {
        value = default!;
        if (string.IsNullOrWhiteSpace(answer.Text) && !answer.IsCutOff)
            throw Failed(ErrorCodes.InvalidOutput, $"The model's answer is empty: it has no text. {AvoidEmpty}", answer);
        var violations = Check(answer.Text, out value);
        if (violations.Count > 0 && answer.IsCutOff)
        {
            throw Failed(
                ErrorCodes.InvalidOutput, $"The model's answer was cut off at the token limit. Raise MaxOutputTokens, or ask for less.{Begins(answer)}", answer);
        }

        return violations;
    }

    private IReadOnlyList<JsonSchemaViolation> Check(string text, out T value)
    {
        value = default!;
        var size = Encoding.UTF8.GetByteCount(text);
        if (size > options.MaxAnswerBytes)
            return [Violation("", "size", $"The answer is {size} bytes long; the most is {options.MaxAnswerBytes}.")];
        JsonElement json;
        try
        {
            json = AnswerJson.Read(text);
        }
        catch (JsonException exception)
        {
            return [Violation("", "json", exception.Message)];
        }

        var violations = schema.Validate(json);
        if (violations.Count > 0) return violations;
        try
        {
            value = read(json);
            return [];
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // What a schema cannot say, such as whether a text is a date, or what the type's constructor refuses.
            return [Violation(PointerOf((exception as JsonException)?.Path), "type", $"The value cannot be read: {exception.Message}")];
        }
    }

    private StructuredOutputResult<T> Result(T value, bool isRepaired) => new() { Value = value, Usage = _usage, Model = _model, IsRepaired = isRepaired };

    private StructuredOutputException Invalid(ModelAnswer answer, IReadOnlyList<JsonSchemaViolation> violations)
    {
        var when = options.AllowRepair ? ", also after it was told why" : "";
        return Failed(
            ErrorCodes.InvalidOutput, $"The model's answer is not valid{when}:{StructuredPrompt.List(violations)}{Begins(answer)}", answer, violations);
    }

    private StructuredOutputException Failed(
        string code, string message, ModelAnswer answer, IReadOnlyList<JsonSchemaViolation>? violations = null) => new(code, message)
        {
            Violations = violations ?? [],
            AnswerBeginning = answer.Beginning,
            Usage = _usage,
            Model = _model,
        };

    /// <summary>The serializer's <c>$.days[0].from</c> as the pointer that violations have.</summary>
    private static string PointerOf(string? path) => path is null
        ? ""
        : path.TrimStart('$').Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);

    private static string Begins(ModelAnswer answer) => answer.Text.Length == 0 ? "" : $"\nThe answer begins: {answer.Beginning}";

    private static JsonSchemaViolation Violation(string path, string keyword, string message) =>
        new() { InstancePath = path, SchemaPath = "", Keyword = keyword, Message = message };
}

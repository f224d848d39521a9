using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Runtime.Tools;

/// <summary>What the model gets for a call: a result or an error.</summary>
internal readonly record struct ToolOutcome
{
    // A model pays for every member it reads: what is not there is left out.
    private static readonly JsonSerializerOptions WithoutNulls =
        new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public JsonElement? Result { get; private init; }

    public ErrorInfo? Error { get; private init; }

    /// <summary>How long the tool ran, in milliseconds; null when it did not.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Whether the model sent something that cannot be run; several in a row fail the frame.</summary>
    public bool IsInvalid => Error?.Code is ErrorCodes.UnknownTool or ErrorCodes.InvalidArguments or ErrorCodes.InvalidPlan;

    public static ToolOutcome Of(JsonElement result) => new() { Result = result };

    public static ToolOutcome Of<T>(T result) => Of(JsonSerializer.SerializeToElement(result, WithoutNulls));

    public static ToolOutcome Failed(string code, string message) => new() { Error = new() { Code = code, Message = message } };

    public static ToolOutcome Failed(ErrorInfo error) => new() { Error = error };

    /// <summary>The outcome as the model gets it.</summary>
    public JsonElement ToModelResult() => Result ?? ErrorResult(Error!);

    public static JsonElement ErrorResult(ErrorInfo error) =>
        JsonSerializer.SerializeToElement(new { error = new { error.Code, error.Message } }, SluiceJson.Options);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Journal;

/// <summary>A part of an assistant message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextPart), "text")]
[JsonDerivedType(typeof(ReasoningPart), "reasoning")]
[JsonDerivedType(typeof(ToolCallPart), "tool_call")]
[JsonDerivedType(typeof(ContentPart), "content")]
public abstract record MessagePart;

/// <summary>Text of the answer.</summary>
/// <param name="Text">The text.</param>
public sealed record TextPart(string Text) : MessagePart;

/// <summary>Reasoning, with what the provider needs to recognise it later.</summary>
/// <param name="Text">The reasoning, where the provider shows it.</param>
/// <param name="ProtectedData">The provider's signature or encrypted form; null when there is none.</param>
public sealed record ReasoningPart(string Text, string? ProtectedData = null) : MessagePart;

/// <summary>A tool call.</summary>
/// <param name="Id">The call's id, unique in its turn.</param>
/// <param name="Name">The tool's name as the model wrote it.</param>
/// <param name="Arguments">The arguments as the model wrote them; undefined when they were no JSON.</param>
public sealed record ToolCallPart(
    string Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] JsonElement Arguments = default) : MessagePart
{
    /// <summary>Why the arguments could not be read; null when they could.</summary>
    public string? ArgumentsError { get; init; }
}

/// <summary>Content of another kind, in the form of Microsoft.Extensions.AI, so that it goes back to the provider unchanged.</summary>
/// <param name="Content">The content.</param>
public sealed record ContentPart(JsonElement Content) : MessagePart;

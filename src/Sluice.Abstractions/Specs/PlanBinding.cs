using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sluice;

/// <summary>Ties a plan's schema to the C# types it was derived from.</summary>
/// <param name="bodyType">The type of the body.</param>
/// <param name="actionType">The element type of the body's <c>actions</c>.</param>
/// <param name="actionKinds">The C# type of each action kind.</param>
/// <param name="serializerOptions">The options that read bodies and actions: camelCase, strict, with the plan's unions.</param>
public sealed class PlanBinding(
    Type bodyType, Type actionType, IReadOnlyDictionary<string, Type> actionKinds, JsonSerializerOptions serializerOptions)
{
    /// <summary>The type of the body.</summary>
    public Type BodyType { get; } = bodyType;

    /// <summary>The element type of the body's <c>actions</c>.</summary>
    public Type ActionType { get; } = actionType;

    /// <summary>The C# type of each action kind.</summary>
    public IReadOnlyDictionary<string, Type> ActionKinds { get; } = actionKinds;

    /// <summary>The options that read bodies and actions.</summary>
    public JsonSerializerOptions SerializerOptions { get; } = serializerOptions;

    /// <summary>Whether a body that satisfies the schema can be read as <see cref="BodyType"/>: a schema can't say everything a C# type demands.</summary>
    /// <param name="body">The body, in the author's flat shape.</param>
    /// <param name="problem">What can't be read and where; null when everything can.</param>
    public bool CanRead(JsonElement body, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            body.Deserialize(BodyType, SerializerOptions);
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return false;
        }
    }
}

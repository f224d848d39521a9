using System.Buffers;
using System.Text.Json;
using Sluice.Json;

namespace Sluice;

/// <summary>Turns canonical actions back into the author's shape.</summary>
public static class PlanActionExtensions
{
    /// <summary>Writes an action flat, as the author wrote it: <c>{kind, …, references?}</c>.</summary>
    public static void WriteFlat(this PlanAction action, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        if (!action.IsKindImplied) writer.WriteString(TaggedUnion.Discriminator, action.Kind);
        foreach (var member in action.Payload.EnumerateObject())
            member.WriteTo(writer);

        if (action.References.Count > 0)
        {
            writer.WritePropertyName("references");
            JsonSerializer.Serialize(writer, action.References, SluiceJson.Options);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads an action as its C# type.</summary>
    /// <typeparam name="TAction">The type of this action's kind.</typeparam>
    /// <param name="action">The action.</param>
    /// <param name="binding">The types of its plan.</param>
    /// <exception cref="JsonException">The action is no <typeparamref name="TAction"/>.</exception>
    public static TAction Deserialize<TAction>(this PlanAction action, PlanBinding binding)
        where TAction : class
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(binding);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            action.WriteFlat(writer);
        return JsonSerializer.Deserialize(buffer.WrittenSpan, binding.ActionType, binding.SerializerOptions) as TAction
            ?? throw new JsonException($"Action '{action.Kind}' is no {typeof(TAction).Name}.");
    }
}

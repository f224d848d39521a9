using System.Buffers;
using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.Composition;

namespace Sluice.Runtime.Plans;

/// <summary>Translates between the author's flat body and the canonical form that is stored.</summary>
internal static class PlanBody
{
    private const string Actions = "actions";
    private const string Kind = "kind";
    private const string References = "references";

    public static (JsonElement Context, IReadOnlyList<PlanAction> Actions) Split(CompiledPlan plan, JsonElement body)
    {
        var context = Write(writer => WriteWithout(writer, body, Actions));
        return (context, [.. body.GetProperty(Actions).EnumerateArray().Select(action => ToAction(plan, action))]);
    }

    /// <summary>The body in the author's flat shape.</summary>
    public static JsonElement Join(StoredPlan plan) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in plan.Context.EnumerateObject()) member.WriteTo(writer);
        writer.WriteStartArray(Actions);
        foreach (var action in plan.Actions) action.WriteFlat(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The body with the members of <paramref name="partial"/> in the place of its own.</summary>
    public static JsonElement Merge(JsonElement body, JsonElement partial) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in body.EnumerateObject())
        {
            if (!partial.TryGetProperty(member.Name, out _)) member.WriteTo(writer);
        }

        foreach (var member in partial.EnumerateObject()) member.WriteTo(writer);
        writer.WriteEndObject();
    });

    public static string Hash(string specName, int version, JsonElement body) =>
        CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(new { specName, version, body }, SluiceJson.Options));

    private static PlanAction ToAction(CompiledPlan plan, JsonElement action)
    {
        var written = action.TryGetProperty(Kind, out var discriminator) && discriminator.ValueKind == JsonValueKind.String
            ? discriminator.GetString()
            : null;
        var references = action.TryGetProperty(References, out var listed) ? ReadHandles(listed) : null;
        return new()
        {
            Kind = written ?? plan.Spec.Binding?.ActionKinds.Keys.FirstOrDefault() ?? "action",
            IsKindImplied = written is null,
            Payload = Write(writer => WriteWithout(writer, action, written is null ? null : Kind, references is null ? null : References)),
            References = references ?? [],
        };
    }

    /// <summary>The handles of a <c>references</c> member; null when it is empty, or the author's own and holds something else: then it stays where it is.</summary>
    private static List<ReferenceHandle>? ReadHandles(JsonElement listed)
    {
        if (listed.ValueKind != JsonValueKind.Array || listed.GetArrayLength() == 0) return null;
        var handles = new List<ReferenceHandle>(listed.GetArrayLength());
        foreach (var item in listed.EnumerateArray())
        {
            if (ReadHandle(item) is not { } handle) return null;
            handles.Add(handle);
        }

        return handles;
    }

    /// <summary>A handle and nothing more: what else the author wrote would be lost.</summary>
    private static ReferenceHandle? ReadHandle(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.GetPropertyCount() == 2
        && item.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
        && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? new() { Kind = kind.GetString()!, Id = id.GetString()! }
            : null;

    private static void WriteWithout(Utf8JsonWriter writer, JsonElement value, params ReadOnlySpan<string?> left)
    {
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            if (!left.Contains(member.Name)) member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }
}

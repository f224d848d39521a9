using System.Text.Json;

namespace Sluice.Runtime.References;

/// <summary>Finds the handles in plan actions: those of the plain <c>references</c> array, and every <c>{kind, id}</c> inside the payload.</summary>
internal static class HandleFinder
{
    private const string IdPrefix = "ref-";
    private const int IdLength = 36;

    public static IReadOnlySet<ReferenceHandle> Find(IEnumerable<PlanAction> actions)
    {
        var handles = new HashSet<ReferenceHandle>();
        foreach (var action in actions)
        {
            handles.UnionWith(action.References);
            Find(action.Payload, handles);
        }

        return handles;
    }

    private static void Find(JsonElement value, HashSet<ReferenceHandle> handles)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray()) Find(element, handles);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Read(value) is { } handle) handles.Add(handle);
            else
                foreach (var member in value.EnumerateObject()) Find(member.Value, handles);
        }
    }

    private static ReferenceHandle? Read(JsonElement value)
    {
        if (value.GetPropertyCount() != 2
            || !value.TryGetProperty("kind", out var kind) || kind.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            return null;
        var text = id.GetString()!;
        return text.Length == IdLength && text.StartsWith(IdPrefix, StringComparison.Ordinal) ? new() { Kind = kind.GetString()!, Id = text } : null;
    }
}

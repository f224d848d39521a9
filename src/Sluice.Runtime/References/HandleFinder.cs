using System.Text.Json;

namespace Sluice.Runtime.References;

/// <summary>Finds the handles in values, and in plan actions: those of the plain <c>references</c> array, and every object in the payload that carries one.</summary>
internal static class HandleFinder
{
    public static IReadOnlySet<ReferenceHandle> Find(IEnumerable<PlanAction> actions) => FindPlaces(actions).Select(place => place.Handle).ToHashSet();

    /// <summary>Every handle, and where it stands in the author's body, as a JSON Pointer.</summary>
    public static IEnumerable<(string Path, ReferenceHandle Handle)> FindPlaces(IEnumerable<PlanAction> actions)
    {
        var index = 0;
        foreach (var action in actions)
        {
            var path = $"/actions/{index++}";
            for (var item = 0; item < action.References.Count; item++) yield return ($"{path}/references/{item}", action.References[item]);
            foreach (var place in Find(path, action.Payload)) yield return place;
        }
    }

    /// <summary>Every handle in a value.</summary>
    public static IEnumerable<ReferenceHandle> Find(JsonElement value) => Find("", value).Select(place => place.Handle);

    private static IEnumerable<(string Path, ReferenceHandle Handle)> Find(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
            {
                var below = $"{path}/{index++}";
                foreach (var place in Find(below, element)) yield return place;
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (ReferenceHandle.Find(value) is { } handle) yield return (path, handle);
            foreach (var member in value.EnumerateObject())
            {
                var below = $"{path}/{JsonPointerPath.Escape(member.Name)}";
                foreach (var place in Find(below, member.Value)) yield return place;
            }
        }
    }
}

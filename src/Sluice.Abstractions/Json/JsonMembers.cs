using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>The members of an object, by name. Looking up all of them takes linear time.</summary>
internal readonly struct JsonMembers
{
    // Up to this many members, looking at each of them is faster than a dictionary.
    private const int LinearLookupLimit = 16;

    private readonly JsonElement _object;
    private readonly Dictionary<string, JsonElement>? _byName;

    public JsonMembers(JsonElement value)
    {
        _object = value;
        _byName = value.GetPropertyCount() > LinearLookupLimit ? IndexByName(value) : null;
    }

    /// <summary>Finds the member with the name of another one, however the two are escaped.</summary>
    public bool TryFind(JsonProperty property, out JsonElement found)
    {
        if (_byName is not null) return _byName.TryGetValue(JsonNames.Of(property), out found);
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        foreach (var member in _object.EnumerateObject())
        {
            if (!JsonText.AreEqual(JsonMarshal.GetRawUtf8PropertyName(member), name)) continue;
            found = member.Value;
            return true;
        }
        found = default;
        return false;
    }

    private static Dictionary<string, JsonElement> IndexByName(JsonElement value)
    {
        var index = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject()) index[JsonNames.Of(property)] = property.Value;
        return index;
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Evals.Scoring.Comparing;

/// <summary>
/// Equality of JSON values: members in any order, array items in theirs, numbers by their exact value (1 equals 1.0, and true equals neither). Values
/// that are nested deeper than <see cref="MaxDepth"/> equal nothing.
/// </summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonElement>
{
    public const int MaxDepth = CanonicalJson.MaxDepth;

    private JsonValueComparer()
    {
    }

    public static JsonValueComparer Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => AreEqual(x, y, 0);

    /// <summary>Tells scalars apart; arrays and objects share a hash each.</summary>
    public int GetHashCode(JsonElement obj)
    {
        var hash = default(HashCode);
        hash.Add(obj.ValueKind);
        if (obj.ValueKind == JsonValueKind.Number) DecimalNumber.Parse(JsonMarshal.GetRawUtf8Value(obj)).AddTo(ref hash);
        if (obj.ValueKind != JsonValueKind.String) return hash.ToHashCode();
        using var text = new UnescapedText(JsonText.RawOf(obj));
        hash.AddBytes(text.Utf8);
        return hash.ToHashCode();
    }

    private static bool AreEqual(JsonElement left, JsonElement right, int depth)
    {
        if (left.ValueKind != right.ValueKind || depth > MaxDepth) return false;
        return left.ValueKind switch
        {
            JsonValueKind.Object => AreObjectsEqual(left, right, depth),
            JsonValueKind.Array => AreArraysEqual(left, right, depth),
            JsonValueKind.String => JsonText.AreEqual(JsonText.RawOf(left), JsonText.RawOf(right)),
            JsonValueKind.Number => JsonNumbers.Compare(left, right) == 0,
            _ => true,
        };
    }

    private static bool AreObjectsEqual(JsonElement left, JsonElement right, int depth)
    {
        if (left.GetPropertyCount() != right.GetPropertyCount()) return false;
        var members = new JsonMembers(right);
        foreach (var property in left.EnumerateObject())
        {
            if (!members.TryFind(property, out var other) || !AreEqual(property.Value, other, depth + 1)) return false;
        }
        return true;
    }

    private static bool AreArraysEqual(JsonElement left, JsonElement right, int depth)
    {
        if (left.GetArrayLength() != right.GetArrayLength()) return false;
        var others = right.EnumerateArray();
        foreach (var item in left.EnumerateArray())
        {
            others.MoveNext();
            if (!AreEqual(item, others.Current, depth + 1)) return false;
        }
        return true;
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Equality as JSON Schema means it: numbers by value, objects in any order. Every value looked at costs a step.</summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        var kind = left.ValueKind;
        if (kind != right.ValueKind || !evaluation.TrySpend(1)) return false;
        return kind switch
        {
            JsonValueKind.Object => AreObjectsEqual(left, right, evaluation),
            JsonValueKind.Array => AreArraysEqual(left, right, evaluation),
            JsonValueKind.String => JsonText.AreEqual(JsonText.RawOf(left), JsonText.RawOf(right)),
            JsonValueKind.Number => AreNumbersEqual(JsonMarshal.GetRawUtf8Value(left), JsonMarshal.GetRawUtf8Value(right)),
            _ => true,
        };
    }

    /// <summary>The same for equal values. Hashes are seeded per process, so that colliding values cannot be prepared.</summary>
    public static int Hash(JsonElement value, Evaluation evaluation)
    {
        if (!evaluation.TrySpend(1)) return 0;
        var hash = default(HashCode);
        hash.Add(value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                using (var text = new UnescapedText(JsonText.RawOf(value))) hash.AddBytes(text.Utf8);
                break;
            case JsonValueKind.Number:
                DecimalNumber.Parse(JsonMarshal.GetRawUtf8Value(value)).AddTo(ref hash);
                break;
            case JsonValueKind.Array or JsonValueKind.Object:
                AddContent(ref hash, value, evaluation);
                break;
        }
        return hash.ToHashCode();
    }

    private static void AddContent(ref HashCode hash, JsonElement value, Evaluation evaluation)
    {
        if (!evaluation.TryDescend(out var level)) return;
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) hash.Add(Hash(item, evaluation));
        }
        else
        {
            var sum = 0;
            foreach (var property in value.EnumerateObject()) sum += HashProperty(property, evaluation);
            hash.Add(sum);
        }
        evaluation.Ascend(level);
    }

    private static int HashProperty(JsonProperty property, Evaluation evaluation)
    {
        var hash = default(HashCode);
        using (var name = new UnescapedText(JsonMarshal.GetRawUtf8PropertyName(property))) hash.AddBytes(name.Utf8);
        hash.Add(Hash(property.Value, evaluation));
        return hash.ToHashCode();
    }

    private static bool AreNumbersEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || DecimalNumber.Compare(DecimalNumber.Parse(left), DecimalNumber.Parse(right)) == 0;

    private static bool AreArraysEqual(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        if (left.GetArrayLength() != right.GetArrayLength()) return false;
        var others = right.EnumerateArray();
        foreach (var item in left.EnumerateArray())
        {
            others.MoveNext();
            if (!AreEqual(item, others.Current, evaluation)) return false;
        }
        return true;
    }

    private static bool AreObjectsEqual(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        if (left.GetPropertyCount() != right.GetPropertyCount()) return false;
        var others = right.EnumerateObject();
        foreach (var property in left.EnumerateObject())
        {
            others.MoveNext();
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            var otherName = JsonMarshal.GetRawUtf8PropertyName(others.Current);
            if (!JsonText.AreEqual(name, otherName)) return AreUnorderedObjectsEqual(left, right, evaluation);
            if (!AreEqual(property.Value, others.Current.Value, evaluation)) return false;
        }
        return true;
    }

    private static bool AreUnorderedObjectsEqual(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        var members = new JsonMembers(right);
        foreach (var property in left.EnumerateObject())
        {
            if (!members.TryFind(property, out var other) || !AreEqual(property.Value, other, evaluation)) return false;
        }
        return true;
    }
}

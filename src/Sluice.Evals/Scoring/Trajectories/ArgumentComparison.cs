using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Evals.Scoring.Comparing;
using Sluice.Json;

namespace Sluice.Evals.Scoring.Trajectories;

/// <summary>Compares the arguments of a call that was made with those of an expected one, always in these roles.</summary>
internal sealed class ArgumentComparison(PatternMatching patterns)
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    public bool Fits(ExpectedCall expected, TrajectoryCall actual)
    {
        if (expected.ArgumentMatch == ArgumentMatch.Ignore || Given(expected.Arguments) is not { } wanted) return true;
        var found = Given(actual.Arguments) ?? NoArguments;
        if (expected.ArgumentMatch == ArgumentMatch.Exact) return JsonValueComparer.Instance.Equals(wanted, found);
        if (wanted.ValueKind != JsonValueKind.Object || found.ValueKind != JsonValueKind.Object) return false;
        return expected.ArgumentMatch switch
        {
            ArgumentMatch.Subset => HasEach(found, wanted, JsonValueComparer.Instance.Equals),
            ArgumentMatch.Superset => HasEach(wanted, found, JsonValueComparer.Instance.Equals),
            ArgumentMatch.Paths => expected.Paths.All(path => AreEqualAt(path, wanted, found)),
            ArgumentMatch.Pattern => HasEach(wanted, found, MatchesPattern),
            ArgumentMatch.Range => HasEach(wanted, found, IsInRange),
            _ => false,
        };
    }

    private static JsonElement? Given(JsonElement? arguments) =>
        arguments is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } ? arguments : null;

    /// <summary>Whether each member of one object is in another, and the two values are as they should be.</summary>
    private static bool HasEach(JsonElement some, JsonElement all, Func<JsonElement, JsonElement, bool> fits)
    {
        var members = new JsonMembers(all);
        foreach (var property in some.EnumerateObject())
        {
            if (!members.TryFind(property, out var other) || !fits(property.Value, other)) return false;
        }
        return true;
    }

    private static bool AreEqualAt(string path, JsonElement expected, JsonElement actual)
    {
        var isExpected = TryWalk(path, expected, out var wanted);
        var isThere = TryWalk(path, actual, out var found);
        return isExpected == isThere && (!isThere || JsonValueComparer.Instance.Equals(wanted, found));
    }

    private static bool TryWalk(string path, JsonElement value, out JsonElement found)
    {
        found = value;
        foreach (var segment in path.Split('.'))
        {
            if (!TryStep(segment, found, out found)) return false;
        }
        return true;
    }

    private static bool TryStep(string segment, JsonElement value, out JsonElement found)
    {
        found = default;
        if (value.ValueKind == JsonValueKind.Object) return value.TryGetProperty(segment, out found);
        if (value.ValueKind != JsonValueKind.Array) return false;
        if (!int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= value.GetArrayLength()) return false;
        found = value[index];
        return true;
    }

    /// <summary>Whether the text of a scalar matches; numbers, true and false are matched as they are written.</summary>
    private bool MatchesPattern(JsonElement pattern, JsonElement actual)
    {
        if (pattern.ValueKind != JsonValueKind.String) return false;
        var text = actual.ValueKind switch
        {
            JsonValueKind.String => JsonText.Decode(actual),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(actual)),
            _ => null,
        };
        return text is not null && patterns.IsMatch(JsonText.Decode(pattern), text);
    }

    private static bool IsInRange(JsonElement range, JsonElement actual)
    {
        if (range.ValueKind != JsonValueKind.Object || actual.ValueKind != JsonValueKind.Number) return false;
        var hasMin = range.TryGetProperty("min", out var min);
        var hasMax = range.TryGetProperty("max", out var max);
        return (hasMin || hasMax)
            && (!hasMin || (min.ValueKind == JsonValueKind.Number && JsonNumbers.Compare(actual, min) >= 0))
            && (!hasMax || (max.ValueKind == JsonValueKind.Number && JsonNumbers.Compare(actual, max) <= 0));
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Evals.Scoring.Comparing;

/// <summary>Compares JSON numbers by their exact decimal values.</summary>
internal static class JsonNumbers
{
    public static int Compare(JsonElement left, JsonElement right)
    {
        var first = JsonMarshal.GetRawUtf8Value(left);
        var second = JsonMarshal.GetRawUtf8Value(right);
        return first.SequenceEqual(second) ? 0 : DecimalNumber.Compare(DecimalNumber.Parse(first), DecimalNumber.Parse(second));
    }

    /// <summary>Whether a number lies within a share of the expected one. Equal numbers do, whatever their size.</summary>
    public static bool AreNear(JsonElement expected, JsonElement actual, double tolerance)
    {
        if (Compare(expected, actual) == 0) return true;
        // What differs in the last of many digits can be the same double.
        if (tolerance == 0) return false;
        var (wanted, found) = (expected.GetDouble(), actual.GetDouble());
        return double.IsFinite(wanted) && double.IsFinite(found) && Math.Abs(found - wanted) <= tolerance * Math.Abs(wanted);
    }
}

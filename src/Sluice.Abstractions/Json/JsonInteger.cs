using System.Text.Json;

namespace Sluice.Json;

/// <summary>Reads integers however JSON writes them: <c>25</c>, <c>25.0</c> and <c>2.5e1</c> are one number.</summary>
internal static class JsonInteger
{
    /// <summary>A number beyond 32 bits becomes the nearest limit.</summary>
    /// <exception cref="JsonException">The value is no number.</exception>
    public static int Read(JsonElement number)
    {
        if (number.ValueKind != JsonValueKind.Number) throw new JsonException("An integer is a number.");
        return number.TryGetInt32(out var value) ? value : (int)Math.Clamp(number.GetDouble(), int.MinValue, int.MaxValue);
    }
}

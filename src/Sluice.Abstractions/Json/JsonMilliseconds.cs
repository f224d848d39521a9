using System.Text.Json;

namespace Sluice.Json;

/// <summary>Durations on the wire: numbers of milliseconds, with up to four decimals.</summary>
internal static class JsonMilliseconds
{
    public static void Write(Utf8JsonWriter writer, string name, TimeSpan value) =>
        writer.WriteNumber(name, value.Ticks / (decimal)TimeSpan.TicksPerMillisecond);

    /// <summary>A duration beyond what <see cref="TimeSpan"/> can hold becomes its nearest limit.</summary>
    /// <exception cref="JsonException">The value is no number.</exception>
    public static TimeSpan Read(JsonElement number)
    {
        if (number.ValueKind != JsonValueKind.Number) throw new JsonException("A duration is a number of milliseconds.");
        if (number.TryGetDecimal(out var milliseconds) && Math.Abs(milliseconds) < (decimal)TimeSpan.MaxValue.TotalMilliseconds - 1)
            return TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        return number.GetDouble() < 0 ? TimeSpan.MinValue : TimeSpan.MaxValue;
    }
}

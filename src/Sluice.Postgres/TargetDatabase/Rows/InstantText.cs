namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>Reads dates and times, which count from the year 2000 and reach further than .NET's.</summary>
internal static class InstantText
{
    private const long MicrosecondsOfDay = 86_400_000_000;
    private static readonly DateTime Origin = new(2000, 1, 1);

    public static object Date(int days) => days switch
    {
        int.MaxValue => "infinity",
        int.MinValue => "-infinity",
        _ => IsInRange(days) ? DateOnly.FromDateTime(Origin.AddDays(days)) : DateText(days),
    };

    public static object Time(long microseconds) =>
        microseconds < MicrosecondsOfDay ? TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(microseconds)) : "24:00:00";

    public static object Timestamp(long microseconds, bool hasZone)
    {
        if (microseconds is long.MaxValue or long.MinValue) return microseconds > 0 ? "infinity" : "-infinity";
        var days = (long)Math.Floor(microseconds / (double)MicrosecondsOfDay);
        if (!IsInRange(days))
            return DateText(days, $" {new DateTime(0).AddTicks((microseconds - (days * MicrosecondsOfDay)) * 10):HH:mm:ss.FFFFFF}{(hasZone ? "+00" : "")}");
        var instant = Origin.AddTicks(microseconds * 10);
        if (hasZone) return new DateTimeOffset(instant, TimeSpan.Zero);
        return instant;
    }

    /// <summary>A day is left at both ends, so that the time of day stays in range too.</summary>
    private static bool IsInRange(long days) => days > (DateTime.MinValue - Origin).Days && days < (DateTime.MaxValue - Origin).Days;

    /// <summary>The calendar repeats every 400 years, so a day out of range is read in a cycle that is in range.</summary>
    private static string DateText(long days, string time = "")
    {
        const int DaysOfCycle = 146_097;
        var cycles = (long)Math.Floor(days / (double)DaysOfCycle);
        var date = Origin.AddDays(days - (cycles * DaysOfCycle));
        var year = date.Year + (400 * cycles);
        return year > 0 ? $"{year:D4}-{date:MM-dd}{time}" : $"{1 - year:D4}-{date:MM-dd}{time} BC";
    }
}

namespace Inventory.Data.Generation;

/// <summary>Demand by calendar month as whole percent of an average month. Integers only, so that every machine agrees.</summary>
internal static class SeasonCalendar
{
    private static readonly int[] AllYear = [95, 90, 95, 100, 100, 100, 95, 95, 100, 105, 110, 120];
    private static readonly int[] Winter = [260, 180, 70, 20, 8, 4, 3, 6, 45, 150, 260, 310];
    private static readonly int[] Summer = [15, 20, 50, 110, 190, 250, 240, 180, 80, 30, 15, 20];
    private static readonly int[] Spring = [40, 70, 200, 270, 210, 110, 70, 60, 70, 45, 25, 30];
    private static readonly int[] School = [110, 70, 60, 60, 60, 70, 140, 330, 190, 80, 60, 70];
    private static readonly int[] Holiday = [55, 60, 60, 65, 60, 60, 60, 60, 70, 100, 230, 380];

    /// <summary>Shop traffic: the weeks before Christmas are busy, the first weeks of the year are not.</summary>
    private static readonly int[] Traffic = [85, 85, 95, 100, 100, 100, 95, 95, 100, 100, 120, 150];

    public static int DemandPercent(Season season, int month) => season switch
    {
        Season.Winter => Winter[month - 1],
        Season.Summer => Summer[month - 1],
        Season.Spring => Spring[month - 1],
        Season.School => School[month - 1],
        Season.Holiday => Holiday[month - 1],
        _ => AllYear[month - 1],
    };

    public static int TrafficPercent(DateOnly day)
    {
        var weekday = day.DayOfWeek switch
        {
            DayOfWeek.Saturday => 150,
            DayOfWeek.Friday => 120,
            DayOfWeek.Sunday => 65,
            _ => 95,
        };
        return weekday * Traffic[day.Month - 1];
    }

    /// <summary>End-of-season sales, as percent off the list price.</summary>
    public static int ClearancePercent(Season season, int month) => (season, month) switch
    {
        (Season.Winter, 1 or 2) => 20,
        (Season.Winter, 3) => 30,
        (Season.Summer, 8) => 15,
        (Season.Summer, 9) => 30,
        (Season.Spring, 6) => 15,
        (Season.Holiday, 1) => 25,
        _ => 0,
    };
}

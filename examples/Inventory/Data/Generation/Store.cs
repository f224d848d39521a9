namespace Inventory.Data.Generation;

/// <summary>One of the twelve stores. <see cref="Weight"/> is its share of all sales, in percent.</summary>
internal sealed record Store(int Id, string Name, string City, string Region, string Format, int FloorArea, string OpenedOn, int Weight)
{
    public static IReadOnlyList<string> Regions { get; } = ["North", "East", "South", "West"];

    public static IReadOnlyList<Store> All { get; } =
    [
        new(1, "Hamburg Harbour", "Hamburg", "North", "flagship", 4200, "2009-03-14", 14),
        new(2, "Bremen Centre", "Bremen", "North", "city", 1900, "2012-09-01", 7),
        new(3, "Kiel Fjord", "Kiel", "North", "city", 1400, "2016-04-22", 5),
        new(4, "Berlin Mitte", "Berlin", "East", "flagship", 4800, "2008-11-08", 16),
        new(5, "Leipzig Arcade", "Leipzig", "East", "city", 2100, "2014-05-17", 8),
        new(6, "Dresden Elbe Park", "Dresden", "East", "outlet", 2600, "2018-10-05", 5),
        new(7, "Munich Isar", "Munich", "South", "flagship", 4500, "2010-06-12", 15),
        new(8, "Stuttgart Court", "Stuttgart", "South", "city", 2000, "2013-03-02", 7),
        new(9, "Nuremberg Gate", "Nuremberg", "South", "city", 1700, "2019-08-30", 5),
        new(10, "Cologne Rhine", "Cologne", "West", "city", 2400, "2011-02-19", 9),
        new(11, "Frankfurt Mainhalle", "Frankfurt", "West", "city", 2200, "2015-11-13", 6),
        new(12, "Dortmund Outlet", "Dortmund", "West", "outlet", 3100, "2020-07-18", 3),
    ];
}

using System.Globalization;
using Inventory.Data;

namespace Inventory;

/// <summary>
/// The rules of the shop as its policy documents say them. Agents read the documents, and what they plan is checked against the same text
/// before it is done.
/// </summary>
internal sealed class Policies
{
    public const string MarkDowns = "markdown.md";
    public const string Reordering = "reordering.md";
    public const string Holds = "seasonal-holds.md";

    private readonly PolicyTable<decimal> _mostPercent;
    private readonly PolicyTable<(int DaysOfCover, int Carton)> _reordering;
    private readonly PolicyTable<DateOnly> _lastDay;

    /// <summary>Reads the documents of a folder.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="InvalidDataException">One of them has no table of its rules, or a row that cannot be read.</exception>
    public Policies(string folder)
    {
        Folder = folder;
        _mostPercent = new(Path.Combine(folder, MarkDowns), cells => Number(cells[0], most: 90));
        _reordering = new(Path.Combine(folder, Reordering), cells => (Number(cells[0], most: 730), Number(cells[1], most: 100_000)));
        _lastDay = new(Path.Combine(folder, Holds), cells => NextDay(cells[0]));
    }

    /// <summary>Where the documents are.</summary>
    public string Folder { get; }

    /// <summary>The most percent that prices of a category are lowered by at once.</summary>
    public decimal MostPercent(string? category) => _mostPercent[category];

    /// <summary>A product is reordered when its stock lasts fewer days than this.</summary>
    public int DaysOfCover(string? category) => _reordering[category].DaysOfCover;

    /// <summary>Units of each product in a carton; orders are for whole cartons.</summary>
    public int Carton(string? category) => _reordering[category].Carton;

    /// <summary>The last day that products of a category are on hold.</summary>
    public DateOnly LastDayOfHold(string? category) => _lastDay[category];

    /// <summary>Why an action on products of a category is against the rules; null when it is not.</summary>
    public string? Objection(InventoryAction action, string? category) => action switch
    {
        MarkDown markDown when markDown.Percent > MostPercent(category) =>
            $"{markDown.Percent:0.##} % is more than the {MostPercent(category):0.##} % that {MarkDowns} allows",
        ReorderProducts reorder when reorder.QuantityPerProduct % Carton(category) != 0 =>
            $"{reorder.QuantityPerProduct} units are no whole cartons of {Carton(category)}, as {Reordering} wants them",
        HoldInventory hold when hold.Until > LastDayOfHold(category) =>
            $"{hold.Until:O} is after {LastDayOfHold(category):O}, the last day that {Holds} allows",
        _ => null,
    };

    private static int Number(string text, int most) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var number && number >= 1 && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from 1 to {most}.");

    /// <summary>The next day of that name, such as "30 September", as seen from the last day of the data.</summary>
    private static DateOnly NextDay(string text)
    {
        var today = RetailDatasetOptions.LastDay;
        var day = DateOnly.ParseExact(text, "d MMMM", CultureInfo.InvariantCulture);
        var thisYear = new DateOnly(today.Year, day.Month, day.Day);
        return thisYear >= today ? thisYear : thisYear.AddYears(1);
    }
}

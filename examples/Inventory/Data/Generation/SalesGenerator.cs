using System.Globalization;
using System.Text;

namespace Inventory.Data.Generation;

/// <summary>Draws the sales day by day: rows per day from the traffic, the product of each row from the demand of its month.</summary>
internal sealed class SalesGenerator
{
    private static readonly string[] Channels = ["store", "store", "store", "store", "store", "online", "online", "click_and_collect"];

    private readonly SeededRandom _random;
    private readonly DirtyPicks<SaleDirt> _dirt;
    private readonly IReadOnlyList<Product> _products;
    private readonly byte[][] _ids;
    private readonly long[] _demandUpTo;
    private readonly int _sales;

    public SalesGenerator(RetailDatasetOptions options, IReadOnlyList<Product> products)
    {
        _random = new SeededRandom(options.Seed, "sales");
        var spots = DirtySpots.In(options);
        _dirt = new DirtyPicks<SaleDirt>(
            new SeededRandom(options.Seed, "sales dirt"),
            options.Sales,
            (SaleDirt.Orphan, spots.OrphanSales),
            (SaleDirt.DatedOtherwise, spots.SalesDatedOtherwise));
        _products = products;
        _ids = [.. products.Select(product => Encoding.UTF8.GetBytes(product.Id))];
        _demandUpTo = new long[products.Count];
        _sales = options.Sales;
    }

    public void Insert(BulkInsert rows, Action<double> report, CancellationToken cancellationToken)
    {
        var days = Days();
        var perDay = Apportionment.Split(_sales, [.. days.Select((day, i) => SeasonCalendar.TrafficPercent(day) * (1000L + (i / 5)))]);
        var saleId = 0;
        for (var d = 0; d < days.Length; d++)
        {
            if (d == 0 || days[d].Day == 1)
                LoadMonth(days[d]);
            cancellationToken.ThrowIfCancellationRequested();
            report((double)d / days.Length);

            var soldOn = Encoding.UTF8.GetBytes(days[d].ToString("O"));
            for (var i = 0; i < perDay[d]; i++)
                InsertRow(rows, ++saleId, days[d], soldOn);
        }
    }

    private static DateOnly[] Days()
    {
        var count = RetailDatasetOptions.LastDay.DayNumber - RetailDatasetOptions.FirstDay.DayNumber + 1;
        return [.. Enumerable.Range(0, count).Select(RetailDatasetOptions.FirstDay.AddDays)];
    }

    /// <summary>Running totals of demand, so that one draw and a binary search pick a product.</summary>
    private void LoadMonth(DateOnly first)
    {
        var next = first.AddMonths(1);
        long total = 0;
        for (var i = 0; i < _products.Count; i++)
        {
            var product = _products[i];
            var sells = product.LaunchedOn <= first && (product.EndedOn is null || product.EndedOn >= next);
            if (sells)
                total += product.Demand * SeasonCalendar.DemandPercent(product.Category.Season, first.Month);
            _demandUpTo[i] = total;
        }
    }

    private void InsertRow(BulkInsert rows, int saleId, DateOnly day, byte[] soldOn)
    {
        var index = DrawProduct();
        var product = _products[index];
        var discount = DrawDiscount(product, day.Month);
        var dirt = _dirt.At(saleId - 1);
        rows.Add(saleId);
        if (dirt == SaleDirt.DatedOtherwise)
            rows.Add(day.ToString("dd'.'MM'.'yyyy", CultureInfo.InvariantCulture));
        else
            rows.Add(soldOn);
        rows.Add(DrawStore());
        if (dirt == SaleDirt.Orphan)
            rows.Add(Product.FormatId(900_000 + _random.Next(0, 1000)));
        else
            rows.Add(_ids[index]);
        rows.Add(DrawUnits())
            .AddMoney(product.PriceCents * (100 - discount) / 100)
            .Add(discount)
            .Add(_random.Pick(Channels))
            .Row();
    }

    private int DrawProduct()
    {
        var point = _random.NextBelow(_demandUpTo[^1]);
        var low = 0;
        var high = _demandUpTo.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_demandUpTo[middle] > point)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private int DrawStore()
    {
        var point = _random.NextBelow(100);
        foreach (var store in Store.All)
        {
            point -= store.Weight;
            if (point < 0)
                return store.Id;
        }

        return Store.All[^1].Id;
    }

    private int DrawUnits() => _random.NextBelow(100) switch
    {
        < 70 => 1,
        < 90 => 2,
        _ => _random.Next(3, 6),
    };

    private int DrawDiscount(Product product, int month)
    {
        var clearance = SeasonCalendar.ClearancePercent(product.Category.Season, month);
        return clearance > 0 && _random.Chance(600) ? clearance
            : _random.Chance(60) ? 10
            : 0;
    }
}

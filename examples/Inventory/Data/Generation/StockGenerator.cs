namespace Inventory.Data.Generation;

/// <summary>Draws one stock row per product and store from the expected demand and the habit of the category's buyers.</summary>
internal sealed class StockGenerator
{
    private readonly SeededRandom _random;
    private readonly DirtyPicks<StockDirt> _dirt;
    private readonly IReadOnlyList<Product> _products;
    private readonly long _annualMilliUnits;
    private readonly Int128 _totalDemand;

    public StockGenerator(RetailDatasetOptions options, IReadOnlyList<Product> products)
    {
        _random = new SeededRandom(options.Seed, "stock");
        var spots = DirtySpots.In(options);
        _dirt = new DirtyPicks<StockDirt>(
            new SeededRandom(options.Seed, "stock dirt"),
            (long)products.Count * Store.All.Count,
            (StockDirt.Negative, spots.NegativeStockRows),
            (StockDirt.PlaceholderCountDate, spots.PlaceholderCountDates));
        _products = products;

        // Two years of sales at about 1.45 units a row.
        _annualMilliUnits = options.Sales * 725L;
        foreach (var product in products)
            _totalDemand += product.Demand;
    }

    public void Insert(BulkInsert rows, Action<double> report, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _products.Count; i++)
        {
            if (i % 500 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report((double)i / _products.Count);
            }

            var product = _products[i];
            var weeks = DrawCoverWeeks(product.Category.Stock);
            for (var s = 0; s < Store.All.Count; s++)
                InsertRow(rows, product, Store.All[s], weeks, _dirt.At(((long)i * Store.All.Count) + s));
        }
    }

    private void InsertRow(BulkInsert rows, Product product, Store store, int weeks, StockDirt dirt)
    {
        var onHand = weeks == 0 ? 0 : DrawUnits(product, store, weeks);
        var reserved = onHand > 0 && _random.Chance(120) ? _random.Next(1, Math.Min(3, onHand) + 1) : 0;
        var countedOn = RetailDatasetOptions.LastDay.AddDays(-_random.Next(0, 60)).ToString("O");
        if (dirt == StockDirt.Negative)
            onHand = -_random.Next(1, 7);
        rows.Add(product.Id)
            .Add(store.Id)
            .Add(onHand)
            .Add(reserved)
            .Add(dirt == StockDirt.PlaceholderCountDate ? "1900-01-01" : countedOn)
            .Row();
    }

    /// <summary>How many weeks of average sales the shelves hold; 0 is sold out everywhere.</summary>
    private int DrawCoverWeeks(StockHabit habit)
    {
        var luck = _random.NextBelow(1000);
        return habit switch
        {
            StockHabit.Overstocked => luck < 5 ? 0 : _random.Next(26, 90),
            StockHabit.Understocked => luck < 250 ? 0 : _random.Next(1, 5),
            _ => luck switch
            {
                < 20 => 0,
                < 60 => _random.Next(40, 80),
                _ => _random.Next(3, 16),
            },
        };
    }

    private int DrawUnits(Product product, Store store, int weeks)
    {
        var milliUnits = (long)(_annualMilliUnits * (Int128)product.Demand * store.Weight * weeks / (_totalDemand * 100 * 52));
        var units = (int)(milliUnits / 1000) + (_random.NextBelow(1000) < milliUnits % 1000 ? 1 : 0);
        return units + product.Category.Stock switch
        {
            StockHabit.Overstocked => _random.Next(2, 12),
            StockHabit.Understocked => _random.Next(0, 3),
            _ => _random.Next(0, 4),
        };
    }
}

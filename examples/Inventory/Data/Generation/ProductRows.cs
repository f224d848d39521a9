using System.Globalization;

namespace Inventory.Data.Generation;

/// <summary>Writes the products, putting the dirt on some of them.</summary>
internal sealed class ProductRows
{
    private readonly RetailDatasetOptions _options;
    private readonly IReadOnlyList<Product> _products;
    private readonly IReadOnlyList<int> _leafIds = CategoryNode.Expand().LeafIds;
    private readonly DirtyPicks<ProductDirt> _dirt;
    private readonly DirtyPicks<ProductDirt> _copiedPairs;

    public ProductRows(RetailDatasetOptions options, IReadOnlyList<Product> products)
    {
        _options = options;
        _products = products;
        var spots = DirtySpots.In(options);
        var random = new SeededRandom(options.Seed, "product dirt");
        _dirt = new DirtyPicks<ProductDirt>(
            random,
            products.Count,
            (ProductDirt.DatedOtherwise, spots.ProductsDatedOtherwise),
            (ProductDirt.BlankColor, spots.BlankColors),
            (ProductDirt.PlaceholderColor, spots.PlaceholderColors),
            (ProductDirt.TextWeight, spots.TextWeights));

        // The second of a pair copies the first, so that no copy is ever copied again.
        _copiedPairs = new DirtyPicks<ProductDirt>(random, products.Count / 2, (ProductDirt.CopiedSku, spots.DuplicateSkus));
    }

    public void Insert(BulkInsert rows)
    {
        for (var i = 0; i < _products.Count; i++)
            InsertRow(rows, i);
    }

    private void InsertRow(BulkInsert rows, int index)
    {
        var product = _products[index];
        var dirt = _dirt.At(index);
        var hasCopiedSku = index % 2 == 1 && _copiedPairs.At(index / 2) == ProductDirt.CopiedSku;
        rows.Add(product.Id)
            .Add(hasCopiedSku ? _products[index - 1].Sku + " " : product.Sku)
            .Add(product.Name)
            .Add(_leafIds[product.Leaf])
            .Add(RetailReference.BrandAsBooked(product, _options))
            .Add(product.SupplierId)
            .Add(product.Variant)
            .Add(Color(product, dirt));
        if (dirt == ProductDirt.TextWeight)
            rows.Add($"{product.WeightGrams / 1000}.{product.WeightGrams % 1000 / 100} kg");
        else
            rows.Add(product.WeightGrams);
        rows.AddMoney(product.PriceCents)
            .AddMoney(product.CostCents)
            .Add(product.LaunchedOn.ToString(dirt == ProductDirt.DatedOtherwise ? "MM'/'dd'/'yyyy" : "O", CultureInfo.InvariantCulture))
            .Add(product.EndedOn is null ? "active" : "discontinued")
            .Row();
    }

    private static string Color(Product product, ProductDirt dirt) => dirt switch
    {
        ProductDirt.BlankColor => "",
        ProductDirt.PlaceholderColor => "N/A",
        _ => product.Color,
    };
}

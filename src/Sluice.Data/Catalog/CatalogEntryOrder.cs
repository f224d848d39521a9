using System.Text.Json;

namespace Sluice.Data.Catalog;

/// <summary>The order of listings: item type as it is written, qualified name, name, id.</summary>
internal sealed class CatalogEntryOrder : IComparer<CatalogEntry>
{
    private static readonly Dictionary<CatalogItemType, string> Written =
        Enum.GetValues<CatalogItemType>().ToDictionary(type => type, type => JsonSerializer.SerializeToElement(type).GetString()!);

    private static readonly Func<CatalogEntry, string>[] Keys =
        [entry => Written[entry.ItemType], entry => entry.QualifiedName, entry => entry.Name, entry => entry.Id];

    public static CatalogEntryOrder Instance { get; } = new();

    public int Compare(CatalogEntry? x, CatalogEntry? y)
    {
        foreach (var key in Keys)
        {
            var order = CodePointComparer.Instance.Compare(x is null ? null : key(x), y is null ? null : key(y));
            if (order != 0) return order;
        }

        return 0;
    }
}

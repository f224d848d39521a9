using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Data;

namespace Sluice.Cli.Data.Catalog;

/// <summary>The options that choose entries of a catalog.</summary>
internal sealed class FilterOptions
{
    private static readonly Dictionary<string, CatalogItemType> Kinds =
        Enum.GetValues<CatalogItemType>().ToDictionary(NameOf, type => type, StringComparer.Ordinal);

    private readonly Option<string?> _databaseId = new("--database-id") { Description = "Only entries of this logical database.", HelpName = "ID" };

    private readonly Option<string[]> _kinds = new("--kind")
    {
        Description = $"Only entries of this kind: {string.Join(", ", Kinds.Keys)}. Repeatable.", HelpName = "KIND",
    };

    private readonly Option<string?> _table = new("--table") { Description = "Only entries of this table.", HelpName = "NAME" };

    public FilterOptions() => _kinds.AcceptOnlyFromAmong(StringComparer.Ordinal, [.. Kinds.Keys]);

    public IEnumerable<Option> All => [_databaseId, _kinds, _table];

    public CatalogFilter Read(Invocation invocation) => new()
    {
        DatabaseId = invocation.Get(_databaseId),
        ItemTypes = [.. (invocation.Get(_kinds) ?? []).Distinct().Select(kind => Kinds[kind])],
        TableName = invocation.Get(_table),
    };

    /// <summary>An item type as it is written.</summary>
    public static string NameOf(CatalogItemType type) => JsonSerializer.SerializeToElement(type).GetString()!;
}

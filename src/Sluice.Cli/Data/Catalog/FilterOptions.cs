using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Data;

namespace Sluice.Cli.Data.Catalog;

/// <summary>The options that choose entries of a catalog.</summary>
internal sealed class FilterOptions
{
    private static readonly Dictionary<string, CatalogItemType> KindNames =
        Enum.GetValues<CatalogItemType>().ToDictionary(NameOf, type => type, StringComparer.Ordinal);

    public Option<string?> DatabaseId { get; } = new("--database-id") { Description = "Only entries of this logical database.", HelpName = "ID" };

    public Option<string[]> Kinds { get; } = new("--kind")
    {
        Description = $"Only entries of this kind: {string.Join(", ", KindNames.Keys)}. Repeatable.",
        HelpName = "KIND",
    };

    public Option<string?> Table { get; } = new("--table") { Description = "Only entries of this table.", HelpName = "NAME" };

    public FilterOptions() => Kinds.AcceptOnlyFromAmong(StringComparer.Ordinal, [.. KindNames.Keys]);

    public IEnumerable<Option> All => [DatabaseId, Kinds, Table];

    public CatalogFilter Read(Invocation invocation) => new()
    {
        DatabaseId = invocation.Get(DatabaseId),
        ItemTypes = [.. (invocation.Get(Kinds) ?? []).Distinct().Select(kind => KindNames[kind])],
        TableName = invocation.Get(Table),
    };

    /// <summary>An item type as it is written.</summary>
    public static string NameOf(CatalogItemType type) => JsonSerializer.SerializeToElement(type).GetString()!;
}

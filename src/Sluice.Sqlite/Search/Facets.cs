using System.Globalization;
using Sluice.Data;

namespace Sluice.Sqlite.Search;

/// <summary>Words that say whose document it is, of which kind and of which database. They end in digits, so that nothing is stemmed away from them.</summary>
internal static class Facets
{
    private static readonly CatalogItemType[] All = Enum.GetValues<CatalogItemType>();

    /// <summary>The facets of a document: every way in which it is asked for.</summary>
    public static string Of(long scope, CatalogItemType type, string? databaseId) =>
        databaseId is null ? Word(scope, type, null) : $"{Word(scope, type, null)} {Word(scope, type, databaseId)}";

    /// <summary>The condition that keeps a search to a scope, some kinds and a database.</summary>
    public static string Match(long scope, IReadOnlyList<CatalogItemType> types, string? databaseId) =>
        $"({string.Join(" OR ", (types.Count > 0 ? types : All).Distinct().Select(type => Word(scope, type, databaseId)))})";

    private static string Word(long scope, CatalogItemType type, string? databaseId) =>
        string.Create(CultureInfo.InvariantCulture, $"s{scope}k{(int)type}d{(databaseId is null ? 0 : Number(databaseId))}");

    /// <summary>The same everywhere and for ever. Where two databases share one, the rows themselves tell them apart.</summary>
    private static ulong Number(string databaseId)
    {
        const ulong prime = 1_099_511_628_211;
        return databaseId.Aggregate(14_695_981_039_346_656_037, (hash, letter) => unchecked((hash ^ letter) * prime));
    }
}

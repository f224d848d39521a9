using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Data;

namespace Sluice.Sqlite.Search;

/// <summary>Words that say whose document it is, of which kind and of which database. They end in digits, so that nothing is stemmed away from them.</summary>
internal static class Facets
{
    /// <summary>The facets of a document: every way in which it is asked for.</summary>
    public static string Of(long scope, CatalogItemType type, string? databaseId)
    {
        var all = $"{Word(scope, null, null)} {Word(scope, type, null)}";
        return databaseId is null ? all : $"{all} {Word(scope, null, databaseId)} {Word(scope, type, databaseId)}";
    }

    /// <summary>The condition that keeps a search to a scope, some kinds and a database.</summary>
    public static string Match(long scope, IReadOnlyList<CatalogItemType> types, string? databaseId) => types.Count == 0
        ? Word(scope, null, databaseId)
        : $"({string.Join(" OR ", types.Distinct().Select(type => Word(scope, type, databaseId)))})";

    private static string Word(long scope, CatalogItemType? type, string? databaseId) => string.Create(
        CultureInfo.InvariantCulture, $"s{scope}k{(type is { } kind ? (int)kind : 99)}d{(databaseId is null ? 0 : Number(databaseId))}");

    private static ulong Number(string databaseId) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(databaseId)));
}

using System.Security.Cryptography;
using System.Text;
using Sluice.Data.Toolkit;

namespace Sluice.Data.Knowledge;

/// <summary>Ids of documents, of their parts and of what was extracted from them, and the keys of their bodies.</summary>
internal static class DocumentIds
{
    // A key is made of an id and a hash, and an id of a part has a number more. All of them have to fit.
    private const int MostCharacters = 400;
    private const int HashCharacters = 64;
    private const int ShortHashCharacters = 16;
    private const string Kind = "document";

    public static string OfDocument(string databaseId, string path) => Shorten($"{Kind}:{databaseId}:{Quote(path)}");

    public static string OfPart(string documentEntryId, int number) => $"{documentEntryId}#{number}";

    public static string OfKnowledge(string documentEntryId, int number) => $"knowledge{documentEntryId[Kind.Length..]}#{number}";

    /// <summary>Which body an entry belongs to: another text has another one, so that entries never point into a text that they were not made of.</summary>
    public static string OfBody(string documentEntryId, ReadOnlySpan<byte> body) => $"{documentEntryId}@{Convert.ToHexStringLower(SHA256.HashData(body))}";

    /// <summary>What the keys of all bodies of a database begin with.</summary>
    public static string KeyPrefix(string databaseId) => DocumentKeys.Of($"{Kind}:{databaseId}:");

    /// <summary>The document whose body a key holds; null for a key of another form.</summary>
    public static string? DocumentOfKey(string key)
    {
        var (start, end) = (DocumentKeys.Of("").Length, key.Length - HashCharacters - 1);
        return end > start && key[end] == '@' ? key[start..end] : null;
    }

    private static string Quote(string path) =>
        path.AsSpan().ContainsAny(":\"#=") ? $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : path;

    private static string Shorten(string id)
    {
        if (id.Length <= MostCharacters) return id;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..ShortHashCharacters];
        return $"{Excerpts.Cut(id, MostCharacters - ShortHashCharacters - 1)}~{hash}";
    }
}

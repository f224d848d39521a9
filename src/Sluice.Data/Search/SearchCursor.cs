using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Data.Search;

/// <summary>Where a search goes on: a place, and what it is a place of. Nothing is kept, so that it survives a restart.</summary>
internal static class SearchCursor
{
    private const int HashBytes = 9;
    private const int LongestCursor = 64;

    public static string Write(CatalogSearchQuery query, int next) =>
        Base64Url.EncodeToString([.. HashOf(query), .. Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The place.</summary>
    /// <exception cref="SluiceException">It is no cursor, or that of another search (<c>invalid_arguments</c>).</exception>
    public static int Read(CatalogSearchQuery query)
    {
        if (query.Cursor is not { } cursor) return 0;
        if (cursor.Length <= LongestCursor && Base64Url.IsValid(cursor) && Base64Url.DecodeFromChars(cursor) is { Length: > HashBytes } bytes)
        {
            if (!bytes.AsSpan(0, HashBytes).SequenceEqual(HashOf(query)))
                throw Refusal("is that of another search. Search with the same query, kinds and databaseId as for the page before, or leave the cursor out to begin");
            if (int.TryParse(Encoding.ASCII.GetString(bytes, HashBytes, bytes.Length - HashBytes), NumberStyles.None, CultureInfo.InvariantCulture, out var next)) return next;
        }

        throw Refusal("is not one that was given. Pass nextCursor of the page before, or leave the cursor out to begin");
    }

    private static ReadOnlySpan<byte> HashOf(CatalogSearchQuery query) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { query.Text, Kinds = query.Kinds.Order().ToArray(), query.DatabaseId })).AsSpan(0, HashBytes);

    private static SluiceException Refusal(string problem) => new(ErrorCodes.InvalidArguments, $"The cursor {problem}.");
}

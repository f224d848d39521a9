using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.Data.Search;

/// <summary>Where a search goes on: a place, and what it is a place of. Nothing is kept, so that it survives a restart.</summary>
internal static class SearchCursor
{
    private const int HashBytes = 9;
    private const int LongestCursor = 64;

    public static string Write(CatalogSearchQuery query, int next)
    {
        Span<byte> bytes = stackalloc byte[HashBytes + sizeof(int)];
        HashOf(query).CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[HashBytes..], next);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place.</summary>
    /// <exception cref="SluiceException">It is no cursor, or that of another search (<c>invalid_arguments</c>).</exception>
    public static int Read(CatalogSearchQuery query)
    {
        if (query.Cursor is not { } cursor) return 0;
        if (cursor.Length > LongestCursor || !Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: HashBytes + sizeof(int) } bytes)
            throw Refusal("is not one that was given. Pass nextCursor of the page before, or leave the cursor out to begin");
        var next = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(HashBytes));
        return next >= 0 && bytes.AsSpan(0, HashBytes).SequenceEqual(HashOf(query)) ? next
            : throw Refusal("is that of another search. Search with the same query, kinds and databaseId as for the page before, or leave the cursor out to begin");
    }

    private static ReadOnlySpan<byte> HashOf(CatalogSearchQuery query) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { query.Text, Kinds = query.Kinds.Order().ToArray(), query.DatabaseId })).AsSpan(0, HashBytes);

    private static SluiceException Refusal(string problem) => new(ErrorCodes.InvalidArguments, $"The cursor {problem}.");
}

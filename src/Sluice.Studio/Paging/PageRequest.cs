using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sluice.Studio.Paging;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Cursor">The place after which it begins, as the last page had it; null: the beginning.</param>
/// <param name="Limit">How many, 1 to 200. Default: 50.</param>
internal readonly record struct PageRequest(string? Cursor, int? Limit)
{
    private const int MostItems = 200;

    /// <summary>How many items to read: one more than are shown tells whether there is a next page.</summary>
    public int Size => Limit is null or (>= 1 and <= MostItems)
        ? Limit ?? 50
        : throw Invalid($"'limit' is {Limit}: from 1 to {MostItems}.");

    /// <summary>A place in a list as text that means nothing to others.</summary>
    public static string Write(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>The parts of the cursor; null: none was sent.</summary>
    /// <exception cref="BadHttpRequestException">It is none of a list of this kind.</exception>
    public string[]? Read(int parts)
    {
        if (Cursor is null) return null;
        if (Base64Url.IsValid(Cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Cursor)).Split('\n') is { } read && read.Length == parts) return read;
        throw Invalid("'cursor' is none that this list gave.");
    }

    private static BadHttpRequestException Invalid(string message) => new(message);
}

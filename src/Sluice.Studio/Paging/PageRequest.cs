using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Sluice.Studio.Paging;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Cursor">The place after which it begins, as the last page had it; null: the beginning.</param>
/// <param name="Limit">How many, 1 to 200. Default: 50.</param>
internal readonly record struct PageRequest([FromQuery(Name = "cursor")] string? Cursor, [FromQuery(Name = "limit")] int? Limit)
{
    private const int MostItems = 200;
    private const long MinTime = -62_135_596_800_000;
    private const long MaxTime = 253_402_300_799_999;

    /// <summary>How many items to read: one more than are shown tells whether there is a next page.</summary>
    public int Size => Limit is null or (>= 1 and <= MostItems)
        ? Limit ?? 50
        : throw Invalid($"'limit' is {Limit}: from 1 to {MostItems}.");

    /// <summary>A place in a list as text that means nothing to others.</summary>
    public static string Write(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts.ToArray()));

    /// <summary>The parts of the cursor; null: none was sent.</summary>
    /// <exception cref="BadHttpRequestException">It is none of a list of this kind.</exception>
    public string[]? Read(int parts)
    {
        if (Cursor is null) return null;
        try
        {
            if (Base64Url.IsValid(Cursor) && JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(Cursor)) is { } read
                && read.Length == parts && read.All(part => part is not null)) return read;
        }
        catch (JsonException)
        {
            // It says the same as one of another list.
        }

        throw Invalid("'cursor' is none that this list gave.");
    }

    /// <summary>A page of what was read, which is one item more than are shown where there is a next page.</summary>
    public async ValueTask<Page<TItem>> TakeAsync<TRow, TItem>(IReadOnlyList<TRow> rows, Func<TRow, ValueTask<TItem>> show, Func<TRow, string> cursorOf)
    {
        var items = new List<TItem>();
        foreach (var row in rows.Take(Size)) items.Add(await show(row).ConfigureAwait(false));
        return new(items, rows.Count > items.Count ? cursorOf(rows[items.Count - 1]) : null);
    }

    /// <summary>A page of what was read, as it is.</summary>
    public Page<TRow> Take<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> cursorOf)
    {
        TRow[] shown = [.. rows.Take(Size)];
        return new(shown, rows.Count > shown.Length ? cursorOf(shown[^1]) : null);
    }

    public static string WriteTime(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a time of a cursor.</summary>
    /// <exception cref="BadHttpRequestException">The text is no time.</exception>
    public static DateTimeOffset ReadTime(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time) && time is >= MinTime and <= MaxTime
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : throw Invalid("'cursor' is none that this list gave.");

    private static BadHttpRequestException Invalid(string message) => new(message);
}

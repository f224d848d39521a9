using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Data.Toolkit;

namespace Sluice.Data.Querying;

/// <summary>The small summary of rows: how many, which columns, the first ones, and the ranges of numbers and dates.</summary>
internal static class QueryGlimpse
{
    // The runtime takes 4 KiB; what is said around it needs room too.
    private const int MaxBytes = 3_000;
    private const int FirstRows = 5;
    private const int MaxCell = 60;
    private const int MaxColumns = 40;

    public static JsonElement Of(FetchedRows rows)
    {
        for (var (firstRows, columns) = (FirstRows, MaxColumns); ; (firstRows, columns) = firstRows > 0 ? (firstRows - 1, columns) : (0, columns / 2))
        {
            var glimpse = Of(rows, firstRows, columns);
            if (columns == 0 || JsonMarshal.GetRawUtf8Value(glimpse).Length <= MaxBytes) return glimpse;
        }
    }

    private static JsonElement Of(FetchedRows rows, int firstRows, int columns) => CompactJson.Of(new
    {
        rowCount = rows.RowCount,
        columnCount = rows.Columns.Count,
        columns = rows.Columns.Take(columns).Select(column => Cut(column.Name)).ToArray(),
        truncatedBy = rows.TruncatedBy,
        note = CompactJson.UntrustedNote,
        untrustedData = new
        {
            firstRows = rows.Rows.EnumerateArray().Take(firstRows).Select(row => row.EnumerateArray().Take(columns).Select(Cut).ToArray()).ToArray(),
            ranges = Enumerable.Range(0, Math.Min(columns, rows.Columns.Count)).Select(column => RangeOf(rows, column)).Where(range => range is not null).ToArray(),
        },
    });

    private static object? RangeOf(FetchedRows rows, int column)
    {
        JsonElement? least = null, most = null;
        var nulls = 0;
        foreach (var row in rows.Rows.EnumerateArray())
        {
            var cell = row[column];
            if (cell.ValueKind == JsonValueKind.Null)
            {
                nulls++;
                continue;
            }

            if (!IsOrdered(cell) || (least is { } other && other.ValueKind != cell.ValueKind)) return null;
            if (least is not { } low || Compare(cell, low) < 0) least = cell;
            if (most is not { } high || Compare(cell, high) > 0) most = cell;
        }

        return least is null ? null : new { column = Cut(rows.Columns[column].Name), min = Cut(least.Value), max = Cut(most!.Value), nulls = nulls > 0 ? nulls : (int?)null };
    }

    /// <summary>Numbers, and texts that are dates: other texts have no range worth knowing.</summary>
    private static bool IsOrdered(JsonElement cell) => cell.ValueKind == JsonValueKind.Number
        || (cell.ValueKind == JsonValueKind.String && cell.GetString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", out _));

    private static int Compare(JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.String) return string.CompareOrdinal(left.GetString(), right.GetString());
        return left.TryGetDecimal(out var exact) && right.TryGetDecimal(out var other) ? exact.CompareTo(other) : left.GetDouble().CompareTo(right.GetDouble());
    }

    private static JsonElement Cut(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => CompactJson.Of(Cut(cell.GetString()!)),
        JsonValueKind.Object or JsonValueKind.Array => CompactJson.Of(Cut(cell.GetRawText())),
        _ => cell,
    };

    private static string Cut(string text)
    {
        if (text.Length <= MaxCell) return text;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[MaxCell - 1]) ? MaxCell - 1 : MaxCell)}…";
    }
}

using System.Text.Json;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>Rows of as many values each.</summary>
internal sealed class ResultTable
{
    private ResultTable(IReadOnlyList<JsonElement[]> rows) => Rows = rows;

    public IReadOnlyList<JsonElement[]> Rows { get; }

    public int ColumnCount => Rows.Count == 0 ? 0 : Rows[0].Length;

    /// <summary>Reads an array of arrays; null where it is something else, or rows differ in length.</summary>
    public static ResultTable? Read(JsonElement rows)
    {
        if (rows.ValueKind != JsonValueKind.Array || rows.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array)) return null;
        var table = new ResultTable([.. rows.EnumerateArray().Select(row => row.EnumerateArray().ToArray())]);
        return table.Rows.All(row => row.Length == table.ColumnCount) ? table : null;
    }
}

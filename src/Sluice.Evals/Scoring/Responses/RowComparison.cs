using System.Text.Json;
using Sluice.Evals.Scoring.Comparing;
using Sluice.Json;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>Compares two tables with as many rows, in chosen pairs of columns. NULL equals NULL and nothing else.</summary>
internal sealed class RowComparison(ResultTable expected, ResultTable actual, double tolerance)
{
    // Sorting need not pair up rows whose numbers are only nearly equal. Up to this many are then paired freely.
    private const int MostPairedFreely = 1_000;

    /// <summary>Whether each row equals the one at the same place.</summary>
    public bool AreEqualInOrder(IReadOnlyList<ColumnPair> columns) =>
        Enumerable.Range(0, expected.Rows.Count).All(row => AreEqual(expected.Rows[row], actual.Rows[row], columns));

    /// <summary>Whether the rows are the same, each as often, in any order.</summary>
    public bool AreSameRows(IReadOnlyList<ColumnPair> columns)
    {
        var wanted = SortedRow.Sort(expected.Rows, [.. columns.Select(pair => pair.Expected)]);
        var found = SortedRow.Sort(actual.Rows, [.. columns.Select(pair => pair.Actual)]);
        if (!wanted.Select(row => row.Key).SequenceEqual(found.Select(row => row.Key))) return false;
        for (int start = 0, end; start < wanted.Length; start = end)
        {
            end = start + 1;
            while (end < wanted.Length && wanted[end].Key == wanted[start].Key) end++;
            if (!CanPair(wanted[start..end], found[start..end], columns)) return false;
        }
        return true;
    }

    private bool CanPair(SortedRow[] wanted, SortedRow[] found, IReadOnlyList<ColumnPair> columns)
    {
        if (wanted.Zip(found).All(pair => AreEqual(pair.First.Cells, pair.Second.Cells, columns))) return true;
        if (wanted.Length > MostPairedFreely) return false;
        return !BipartiteMatching.Find(wanted.Length, found.Length, (left, right) => AreEqual(wanted[left].Cells, found[right].Cells, columns))
            .Contains(-1);
    }

    private bool AreEqual(JsonElement[] wanted, JsonElement[] found, IReadOnlyList<ColumnPair> columns)
    {
        foreach (var pair in columns)
        {
            if (!AreEqual(wanted[pair.Expected], found[pair.Actual])) return false;
        }
        return true;
    }

    private bool AreEqual(JsonElement wanted, JsonElement found) =>
        wanted.ValueKind == JsonValueKind.Number && found.ValueKind == JsonValueKind.Number
            ? JsonNumbers.AreNear(wanted, found, tolerance)
            : JsonValueComparer.Instance.Equals(wanted, found);

    /// <summary>A row with what it is sorted by: whatever has to be equal as a text, then its numbers.</summary>
    private sealed record SortedRow(JsonElement[] Cells, string Key, JsonElement[] Numbers)
    {
        public static SortedRow[] Sort(IReadOnlyList<JsonElement[]> rows, IReadOnlyList<int> columns)
        {
            SortedRow[] sorted = [.. rows.Select(cells => Of(cells, columns))];
            Array.Sort(sorted, Compare);
            return sorted;
        }

        private static int Compare(SortedRow left, SortedRow right)
        {
            var order = string.CompareOrdinal(left.Key, right.Key);
            for (var number = 0; order == 0 && number < left.Numbers.Length; number++)
                order = JsonNumbers.Compare(left.Numbers[number], right.Numbers[number]);
            return order;
        }

        private static SortedRow Of(JsonElement[] cells, IReadOnlyList<int> columns)
        {
            var chosen = columns.Select(column => cells[column]).ToArray();
            return new(cells, string.Concat(chosen.Select(KeyOf)), [.. chosen.Where(cell => cell.ValueKind == JsonValueKind.Number)]);
        }

        private static string KeyOf(JsonElement cell)
        {
            if (cell.ValueKind == JsonValueKind.Number) return "#";
            var text = cell.ValueKind == JsonValueKind.String ? JsonText.Decode(cell) : cell.GetRawText();
            return $"{(int)cell.ValueKind}:{text.Length}:{text}";
        }
    }
}

/// <summary>An expected column and the one it is compared with, from 0.</summary>
internal sealed record ColumnPair(int Expected, int Actual);

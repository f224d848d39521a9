using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>Finds which columns of a result are the expected ones: a query may name and order them as it likes.</summary>
internal sealed class ColumnAssignment(ResultTable expected, ResultTable actual, RowComparison rows, bool isOrdered)
{
    // Columns that hold the same values in other rows can be combined in very many ways.
    private const int MostTries = 1_000;

    private readonly List<ColumnPair> _assigned = [];
    private int _tries;

    /// <summary>Why the rows are not the expected ones, whichever columns are compared; null: they are.</summary>
    public string? FindProblem()
    {
        if (AreEqual([.. Enumerable.Range(0, expected.ColumnCount).Select(column => new ColumnPair(column, column))])) return null;
        var candidates = Enumerable.Range(0, expected.ColumnCount).Select(CandidatesOf).ToArray();
        var without = Array.FindIndex(candidates, columns => columns is []);
        if (without >= 0) return $"No column of the result holds the values of expected column {without + 1}{(isOrdered ? " in their order" : "")}.";
        // In order, columns are compared row by row, so that each is the right one or not whatever the others are.
        if (isOrdered) return HasDistinctColumns(candidates) ? null : "A column of the result would have to be several expected ones.";
        if (TryAssign(candidates)) return null;
        return _tries > MostTries
            ? $"No columns were found in {MostTries} tries under which the rows are the same."
            : "The values are there, but not in the same rows.";
    }

    private int[] CandidatesOf(int column) =>
        [.. Enumerable.Range(0, actual.ColumnCount).OrderBy(other => other != column).Where(other => AreEqual([new(column, other)]))];

    private bool AreEqual(IReadOnlyList<ColumnPair> columns) => isOrdered ? rows.AreEqualInOrder(columns) : rows.AreSameRows(columns);

    private bool HasDistinctColumns(int[][] candidates) =>
        !BipartiteMatching.Find(candidates.Length, actual.ColumnCount, (column, other) => candidates[column].Contains(other)).Contains(-1);

    /// <summary>Assigns the next expected column, and keeps to what leaves the rows so far the same.</summary>
    private bool TryAssign(int[][] candidates)
    {
        var column = _assigned.Count;
        if (column == candidates.Length) return true;
        foreach (var other in candidates[column])
        {
            if (_assigned.Exists(pair => pair.Actual == other)) continue;
            if (++_tries > MostTries) return false;
            _assigned.Add(new(column, other));
            if (AreEqual(_assigned) && TryAssign(candidates)) return true;
            _assigned.RemoveAt(column);
        }
        return false;
    }
}

using System.Text.Json;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>Compares the rows that a query of the run returned with those of a reference.</summary>
internal static class ResultSetComparison
{
    /// <summary>How the last result of the scorer's tool differs from the reference, in a sentence; null: it does not.</summary>
    public static string? FindDifference(ResultSetScorer scorer, IReadOnlyList<TrajectoryCall> trajectory)
    {
        if (ResultTable.Read(scorer.Rows) is not { } expected) return "The reference is no table: rows have to be arrays of the same length.";
        if (!TryFindResult(scorer.Tool, trajectory, out var result, out var problem)) return problem;
        if (!TryFindRows(result, out var rows)) return DescribeMissingRows(scorer.Tool, result);
        if (ResultTable.Read(rows) is not { } actual) return $"The result of '{scorer.Tool}' is no table: its rows are not arrays of the same length.";
        var difference = FindDifference(scorer, expected, actual);
        return difference is not null && IsTruncated(result) ? $"{difference} The result was cut off." : difference;
    }

    private static string? FindDifference(ResultSetScorer scorer, ResultTable expected, ResultTable actual)
    {
        if (expected.Rows.Count != actual.Rows.Count) return $"{Count(expected.Rows.Count, "row")} expected, {actual.Rows.Count} found.";
        if (expected.Rows.Count == 0) return null;
        if (actual.ColumnCount < expected.ColumnCount || (actual.ColumnCount > expected.ColumnCount && scorer.ExtraColumns == ExtraColumns.Refuse))
            return $"{Count(expected.ColumnCount, "column")} expected, {actual.ColumnCount} found.";
        var rows = new RowComparison(expected, actual, scorer.Tolerance);
        return new ColumnAssignment(expected, actual, rows, scorer.Ordered).FindProblem();
    }

    private static bool TryFindResult(string tool, IReadOnlyList<TrajectoryCall> trajectory, out JsonElement result, out string? problem)
    {
        var calls = trajectory.Where(call => string.Equals(call.Name, tool, StringComparison.Ordinal)).ToArray();
        var last = Array.FindLast(calls, call => call.Result is not null);
        result = last?.Result ?? default;
        problem = last is not null ? null : calls is [] ? $"'{tool}' was not called." : $"No call of '{tool}' has a result.";
        return last is not null;
    }

    /// <summary>The rows of a query's result, of an object with rows, or an array of rows itself.</summary>
    private static bool TryFindRows(JsonElement result, out JsonElement rows)
    {
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("untrustedData", out var data)) result = data;
        rows = result;
        if (result.ValueKind == JsonValueKind.Object && !result.TryGetProperty("rows", out rows)) return false;
        return rows.ValueKind == JsonValueKind.Array;
    }

    private static string DescribeMissingRows(string tool, JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("reference", out _)
            ? $"The result of '{tool}' was stored as a reference, so that its rows are not there to be compared."
            : $"The result of '{tool}' has no rows.";

    private static bool IsTruncated(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("truncated", out var cut) && cut.ValueKind == JsonValueKind.True;

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

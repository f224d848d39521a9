using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Findings;

/// <summary>Looks for what is wrong with a table. What a rule suspects counts only when its query finds it.</summary>
internal sealed class FindingRules(ProfileQueries queries, SqlDialect dialect, TableProfile profile, DateOnly today)
{
    private const int MostExamples = 3;

    public async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var column in profile.Columns.Where(column => column.Measures?.Error is not null)) findings.Add(Unreadable(column));
        foreach (var candidate in Candidates())
            if (await CheckAsync(candidate, cancellationToken).ConfigureAwait(false) is { } finding) findings.Add(finding);
        return findings;
    }

    private IEnumerable<FindingCandidate> Candidates()
    {
        var statements = new FindingQueries(dialect, profile.Key);
        foreach (var column in profile.Columns)
        {
            if (column is not { Measures.Error: null, Sketch: not null }) continue;
            foreach (var candidate in new ContentRules(statements, dialect, profile, column).Candidates()) yield return candidate;
            if (column.Measures.NonNull == 0) continue;
            foreach (var candidate in new TextRules(statements, dialect, profile, column).Candidates()) yield return candidate;
            foreach (var candidate in new RangeRules(statements, dialect, column, today).Candidates()) yield return candidate;
        }

        foreach (var candidate in new RowRules(statements, dialect, profile).Candidates()) yield return candidate;
    }

    private async Task<Finding?> CheckAsync(FindingCandidate candidate, CancellationToken cancellationToken)
    {
        try
        {
            var count = candidate.Count ?? await queries.CountAsync(candidate.Query, cancellationToken).ConfigureAwait(false);
            if (count == 0) return null;
            return new()
            {
                Rule = candidate.Rule,
                Column = candidate.Column?.Name,
                Message = candidate.Message,
                Count = count,
                Query = candidate.Query,
                Examples = await ExamplesAsync(candidate, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (QueryException exception) when (exception.Code is ErrorCodes.QueryFailed or ErrorCodes.QueryTimeout)
        {
            // What cannot be counted within the limits of the engine is not claimed.
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> ExamplesAsync(FindingCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.ExamplesQuery is not { } sql || candidate.Column?.IsPersonal == true) return [];
        var rows = await queries.RowsAsync($"{sql} LIMIT {MostExamples}", MostExamples, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row[0]).OfType<object>().Select(value => ValueText.Shown(ValueText.Of(value)))];
    }

    private static Finding Unreadable(ProfiledColumn column) =>
        new() { Rule = "unreadable_column", Column = column.Name, Message = $"The column cannot be measured. {column.Measures!.Error!.Message}" };
}

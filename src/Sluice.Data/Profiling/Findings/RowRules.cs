using Sluice.Data.Profiling.Dialects;

namespace Sluice.Data.Profiling.Findings;

/// <summary>Rows that are the same as others.</summary>
internal sealed class RowRules(FindingQueries statements, SqlDialect dialect, TableProfile profile)
{
    private const int LeastColumns = 2;
    private const int MostColumns = 50;

    public IEnumerable<FindingCandidate> Candidates()
    {
        if (profile.Table.IsView || profile.Sample is not { IsComplete: true } || profile.Rows is not > 1) yield break;
        // A number that is given to each row anew tells the same thing apart from itself.
        string[] key = profile.Table.PrimaryKey.Count == 1 ? [profile.Table.PrimaryKey[0]] : profile.LikelyKeys is [{ Columns: [var only] }, ..] ? [only] : [];
        var columns = profile.Columns.Where(column => !key.Contains(column.Name, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (columns.Length is < LeastColumns or > MostColumns || Array.Exists(columns, column => column.Family is TypeFamily.Other or TypeFamily.Binary)) yield break;
        var grouped = string.Join(", ", columns.Select(column => column.Family == TypeFamily.Text ? $"lower(trim({dialect.Text(column.Name)}))" : SqlDialect.Name(column.Name)));
        yield return statements.Repeated(
            "near_duplicate_rows", column: null,
            key.Length > 0 ? $"Rows are the same but for '{key[0]}', case and surrounding blanks. These many are, each counted once." : "Rows are the same but for case and surrounding blanks. These many are, each counted once.",
            grouped);
    }
}

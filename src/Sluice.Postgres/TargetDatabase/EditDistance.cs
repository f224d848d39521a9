namespace Sluice.Postgres.TargetDatabase;

/// <summary>How many letters two names differ in, without regard to case and underscores.</summary>
internal static class EditDistance
{
    public static int Between(string left, string right)
    {
        (left, right) = (Simplify(left), Simplify(right));
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }

    private static string Simplify(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Querying;
using Sluice.Data.Search.Documents;

namespace Sluice.Data.Profiling.Inference;

/// <summary>Guesses the key of a table that declares none: columns without nulls whose values are all different.</summary>
internal sealed class KeyInference(Measuring.ProfileQueries queries, TableProfile profile)
{
    private const int MostKeys = 3;
    private const int MostTried = 6;
    private const int FewRows = 10;

    /// <summary>The likeliest first.</summary>
    public async Task<IReadOnlyList<LikelyKey>> InferAsync(CancellationToken cancellationToken)
    {
        if (profile.Table.PrimaryKey.Count > 0 || profile.Rows is not > 1) return [];
        var keys = new List<LikelyKey>();
        foreach (var column in profile.Columns.Where(IsCandidate).OrderByDescending(Rank).Take(MostTried))
            if (await TryAsync([column.Name], Confidence(column), cancellationToken).ConfigureAwait(false) is { } key) keys.Add(key);
        if (keys.Count == 0) keys.AddRange(await PairsAsync(cancellationToken).ConfigureAwait(false));
        return [.. keys.OrderByDescending(key => key.Confidence).Take(MostKeys)];
    }

    private bool IsCandidate(ProfiledColumn column) =>
        column is { Profile.NullCount: 0, Sketch: { Values.IsExact: true } sketch } && column.Family is TypeFamily.Integer or TypeFamily.Text or TypeFamily.Uuid
        && sketch.Values.Distinct == sketch.NonNull && !sketch.IsCut && (column.Profile.MaxLength ?? 0) <= ValueText.MostShown;

    /// <summary>Named as keys are, numbers before texts, the leftmost.</summary>
    private double Rank(ProfiledColumn column) =>
        (KeyNames.ScoreOf(column.Name, profile.Table.Name) * 4) + (column.Family == TypeFamily.Text ? 0 : 1) - ((double)column.Ordinal / (profile.Columns.Count + 1));

    private decimal Confidence(ProfiledColumn column)
    {
        var rows = profile.Rows >= FewRows ? 0.1m : 0;
        var family = column.Family == TypeFamily.Text ? 0 : 0.1m;
        return Math.Min(0.99m, 0.4m + ((decimal)KeyNames.ScoreOf(column.Name, profile.Table.Name) * 0.35m) + rows + family + (column.Ordinal == 1 ? 0.04m : 0));
    }

    /// <summary>Links between tables have a key of two columns that refer.</summary>
    private async Task<List<LikelyKey>> PairsAsync(CancellationToken cancellationToken)
    {
        var referring = profile.Columns.Where(column => column.Profile?.NullCount == 0 && Refers(column)).Take(3).ToArray();
        var keys = new List<LikelyKey>();
        for (var i = 0; i < referring.Length; i++)
            for (var j = i + 1; j < referring.Length; j++)
                if (await TryAsync([referring[i].Name, referring[j].Name], 0.7m, cancellationToken).ConfigureAwait(false) is { } key) keys.Add(key);
        return keys;
    }

    private bool Refers(ProfiledColumn column) =>
        profile.Table.ForeignKeys.Any(key => key.Columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) || NameWords.Split(column.Name) is [_, .., "id"];

    private async Task<LikelyKey?> TryAsync(string[] columns, decimal confidence, CancellationToken cancellationToken)
    {
        var list = string.Join(", ", columns.Select(Identifiers.Quote));
        var query = $"SELECT count(*) FROM (SELECT 1 AS one FROM {Identifiers.Table(profile.Key)} GROUP BY {list} HAVING count(*) > 1) AS repeated";
        try
        {
            var repeated = await queries.CountAsync(query, cancellationToken).ConfigureAwait(false);
            return repeated > 0 ? null : new(columns, confidence, $"No value is null, and none of {profile.Rows} rows has the same as another.", query);
        }
        catch (QueryException exception) when (exception.Code is ErrorCodes.QueryFailed or ErrorCodes.QueryTimeout)
        {
            // Larger than the engine may group within its limits.
            return columns.Length > 1 ? null : new(columns, Math.Round(confidence * 0.8m, 2), $"No value is null, and those of {profile.Sample!.Rows} rows that were looked at are all different. Not checked on all rows.", query);
        }
    }
}

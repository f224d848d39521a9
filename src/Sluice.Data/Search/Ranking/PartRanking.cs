using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Ranks entries that are no tables: columns and values for their table's sake, or any kind for its own.</summary>
internal sealed class PartRanking(ISearchIndex index, DataScope scope, QuestionWords words, RankingWeights weights, CancellationToken cancellationToken)
{
    private const int Depth = 200;
    private const int BestTables = 10;

    /// <summary>The entries of some kinds, in no order. Of columns those of the best tables are looked at all, and what their table is worth counts.</summary>
    public async Task<IReadOnlyCollection<Candidate>> RankAsync(IReadOnlyList<CatalogItemType> kinds, string? databaseId, IReadOnlyCollection<Candidate> tables)
    {
        var terms = words.All.SelectMany(word => word.Forms.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var query = new SearchIndexQuery { Terms = terms, ItemTypes = kinds, DatabaseId = databaseId, Limit = Depth };
        var candidates = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        foreach (var hit in await index.FindAsync(scope, query, cancellationToken).ConfigureAwait(false)) candidates.TryAdd(hit.Id, new(hit));
        var best = tables.OrderByDescending(table => table.Score).ThenBy(table => table.Hit.Id, StringComparer.Ordinal).Take(BestTables).ToArray();
        foreach (var hit in await OfTablesAsync(kinds, best).ConfigureAwait(false)) candidates.TryAdd(hit.Id, new(hit));
        _ = new Scores(candidates.Values, words, weights);
        Candidate[] found = [.. candidates.Values.Where(IsAny)];
        var (worth, most) = (WorthOf(tables), found.Select(candidate => candidate.Own).DefaultIfEmpty().Max());
        var hint = HintsOf(found);
        foreach (var candidate in found.Where(candidate => candidate.Hit.Table is not null))
            candidate.Score += most * worth.GetValueOrDefault(candidate.Hit.Table!) * (weights.TableWorth + hint(candidate));
        return found;
    }

    /// <summary>The columns of tables that fit, best first, by table. Values are known by their column.</summary>
    public async Task<ILookup<string, Candidate>> OfTablesAsync(IReadOnlyList<Candidate> tables)
    {
        var hits = await OfTablesAsync([CatalogItemType.Column], tables).ConfigureAwait(false);
        var candidates = hits.Select(hit => new Candidate(hit)).ToArray();
        _ = new Scores(candidates, words, weights with { Parts = 0 });
        var most = candidates.Select(candidate => candidate.Own).DefaultIfEmpty(1).Max();
        var hint = HintsOf(candidates);
        foreach (var candidate in candidates) candidate.Score += most * hint(candidate);
        return candidates.Where(candidate => IsAny(candidate) && candidate.Hit.Table is not null)
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal)
            .ToLookup(candidate => candidate.Hit.Table!, StringComparer.Ordinal);
    }

    /// <summary>How much it counts that a column is of the sort that is needed: the less, the more tables have one of its name, such as when a row was written.</summary>
    private Func<Candidate, double> HintsOf(IEnumerable<Candidate> candidates)
    {
        var names = candidates.Where(IsHinted).GroupBy(candidate => candidate.Hit.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return candidate => IsHinted(candidate) ? weights.Hints / (1 + Math.Log2(names[candidate.Hit.Name])) : 0;
    }

    private bool IsAny(Candidate candidate) => candidate.Match!.IsAny || IsHinted(candidate);

    private bool IsHinted(Candidate candidate) => weights.Hints > 0 && candidate.Hit.ItemType == CatalogItemType.Column && candidate.Hit.Name.Split(' ').Any(words.Hints.Contains);

    private async Task<IReadOnlyList<SearchIndexHit>> OfTablesAsync(IReadOnlyList<CatalogItemType> kinds, IReadOnlyList<Candidate> tables)
    {
        string[] keys = [.. tables.Select(table => table.Hit.Table).OfType<string>()];
        CatalogItemType[] parts = [.. kinds.Where(kind => kind is CatalogItemType.Column or CatalogItemType.EnumValue)];
        if (keys.Length == 0 || parts.Length == 0) return [];
        return await index.GetAsync(scope, new() { Tables = keys, ItemTypes = parts }, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, double> WorthOf(IReadOnlyCollection<Candidate> tables)
    {
        var most = tables.Select(table => table.Score).DefaultIfEmpty().Max();
        return most <= 0 ? [] : tables.Where(table => table.Hit.Table is not null).GroupBy(table => table.Hit.Table!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(table => table.Score) / most, StringComparer.Ordinal);
    }
}

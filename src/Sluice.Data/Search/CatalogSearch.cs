namespace Sluice.Data.Search;

/// <summary>
/// Finds entries for a question: by words, by the short forms of words, and by three letters at a time where that can help. The lists are
/// fused by rank (reciprocal rank fusion), because their scores cannot be compared; a column that fits lifts its table.
/// </summary>
internal sealed class CatalogSearch(ISearchIndex index, Ranking? ranking = null)
{
    private const int Depth = 200;
    private const double RankConstant = 60;

    // Trigrams cost precision where many schemas compete: they help within one database, and where words find little.
    private const int FewHits = 10;
    private const int ColumnsThatCount = 3;

    private readonly Ranking _ranking = ranking ?? Ranking.Default;

    /// <summary>Searches.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="question">The question, or a name.</param>
    /// <param name="databaseId">The database that it is about; null: any.</param>
    /// <param name="limit">The most entries.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask<IReadOnlyList<CatalogHit>> SearchAsync(
        DataScope scope, string question, string? databaseId, int limit, CancellationToken cancellationToken)
    {
        var terms = new SearchTerms(question);
        var scores = new Dictionary<string, (SearchIndexHit Hit, double Score)>(StringComparer.Ordinal);
        var words = await AddAsync(scores, scope, new() { Terms = terms.Words, DatabaseId = databaseId, Limit = Depth }, _ranking.Words, cancellationToken).ConfigureAwait(false);
        await AddAsync(
            scores, scope, new() { Terms = [.. terms.Words, .. terms.Abbreviated], DatabaseId = databaseId, Limit = Depth }, _ranking.Abbreviated, cancellationToken)
            .ConfigureAwait(false);
        if (databaseId is not null || words < FewHits)
        {
            var trigrams = new SearchIndexQuery { Terms = terms.Words, UseTrigrams = true, DatabaseId = databaseId, Limit = Depth };
            await AddAsync(scores, scope, trigrams, _ranking.Trigrams, cancellationToken).ConfigureAwait(false);
        }

        return Rank(scores, limit);
    }

    private async ValueTask<int> AddAsync(
        Dictionary<string, (SearchIndexHit Hit, double Score)> scores, DataScope scope, SearchIndexQuery query, double weight, CancellationToken cancellationToken)
    {
        if (weight == 0) return 0;
        var hits = await index.FindAsync(scope, query, cancellationToken).ConfigureAwait(false);
        for (var rank = 0; rank < hits.Count; rank++)
        {
            var hit = hits[rank];
            scores[hit.Id] = (hit, scores.GetValueOrDefault(hit.Id).Score + (weight / (RankConstant + rank + 1)));
        }

        return hits.Count;
    }

    /// <summary>Lifts tables by their columns and puts the best first.</summary>
    private List<CatalogHit> Rank(Dictionary<string, (SearchIndexHit Hit, double Score)> scores, int limit)
    {
        var ranked = scores.Values.ToDictionary(found => found.Hit.Id, found => new CatalogHit(found.Hit.Id, found.Hit.ItemType, found.Score), StringComparer.Ordinal);
        foreach (var columns in scores.Values.Where(found => found.Hit is { ItemType: CatalogItemType.Column, TableId: not null }).GroupBy(found => found.Hit.TableId!))
        {
            var lift = columns.OrderByDescending(column => column.Score).Take(ColumnsThatCount).Sum(column => column.Score) * _ranking.Columns;
            var own = ranked.GetValueOrDefault(columns.Key)?.Score ?? 0;
            ranked[columns.Key] = new(columns.Key, CatalogItemType.Table, own + lift);
        }

        return [.. ranked.Values.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.ItemType).ThenBy(hit => hit.Id, StringComparer.Ordinal).Take(limit)];
    }
}

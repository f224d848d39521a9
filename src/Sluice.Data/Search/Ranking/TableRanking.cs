using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Ranks the tables of a scope for a question.</summary>
internal sealed class TableRanking(ISearchIndex index, DataScope scope, QuestionWords words, RankingWeights weights, CancellationToken cancellationToken)
{
    private const int Depth = 200;
    private const int FewTables = 60;
    private const int MostDatabases = 3;
    private const int Linked = 20;
    private const double NearlyBest = 0.8;
    private const double SecondNeighbour = 0.5;

    private readonly Dictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);

    /// <summary>The tables, in no order.</summary>
    public async Task<IReadOnlyCollection<Candidate>> RankAsync(string? databaseId)
    {
        if (await AddAllAsync(databaseId).ConfigureAwait(false)) Score();
        else await FindAsync(databaseId).ConfigureAwait(false);
        if (!_candidates.Values.Any(candidate => candidate.Match!.IsAny)) return [];
        await LiftNeighboursAsync().ConfigureAwait(false);
        return _candidates.Values;
    }

    private async Task FindAsync(string? databaseId)
    {
        var terms = words.All.SelectMany(word => word.Forms.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var query = new SearchIndexQuery { Terms = terms, ItemTypes = [CatalogItemType.Table], DatabaseId = databaseId, Limit = Depth };
        Add(await index.FindAsync(scope, query, cancellationToken).ConfigureAwait(false));
        var scores = Score();
        if (databaseId is not null || weights.SameDatabase <= 0) return;
        // A question is about one database, so that what the others of a table's database answer counts for it too.
        var databases = _candidates.Values.GroupBy(candidate => candidate.Hit.DatabaseId ?? "", StringComparer.Ordinal)
            .Select(database => (Id: database.Key, Score: scores.Together(database))).OrderByDescending(database => database.Score).ToArray();
        if (databases.Length < 2) return;
        var best = databases[0].Score;
        foreach (var database in databases.TakeWhile(database => database.Score >= NearlyBest * best).Take(MostDatabases))
            if (database.Id.Length > 0) await AddAllAsync(database.Id).ConfigureAwait(false);
        Score();
        var shares = databases.ToDictionary(database => database.Id, database => Math.Pow(database.Score / best, 4 * weights.SameDatabase), StringComparer.Ordinal);
        foreach (var candidate in _candidates.Values) candidate.Own = candidate.Score *= shares[candidate.Hit.DatabaseId ?? ""];
    }

    /// <summary>Takes all tables of a database where they are few: then what is missing in a name does not matter.</summary>
    private async Task<bool> AddAllAsync(string? databaseId)
    {
        if (weights.FewTables <= 0) return false;
        var filter = new SearchIndexFilter { ItemTypes = [CatalogItemType.Table], DatabaseId = databaseId, Limit = FewTables + 1 };
        var all = await index.GetAsync(scope, filter, cancellationToken).ConfigureAwait(false);
        if (all.Count > FewTables) return false;
        Add(all);
        return true;
    }

    private void Add(IEnumerable<SearchIndexHit> hits)
    {
        foreach (var hit in hits) _candidates.TryAdd(hit.Id, new(hit));
    }

    private Scores Score() => new(_candidates.Values, words, weights);

    /// <summary>What is joined with tables that fit is needed to join them, and is often named nowhere in the question.</summary>
    private async Task LiftNeighboursAsync()
    {
        if (weights is { Neighbours: <= 0, SharedKeys: <= 0 }) return;
        var best = _candidates.Values.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal).Take(Linked).ToArray();
        var filter = new SearchIndexFilter { ItemTypes = [CatalogItemType.Relationship], Tables = [.. best.Select(candidate => candidate.Hit.Table).OfType<string>()] };
        var relations = await index.GetAsync(scope, filter, cancellationToken).ConfigureAwait(false);
        await AddMissingAsync(relations).ConfigureAwait(false);
        var links = new TableLinks(_candidates.Values, relations, weights);
        foreach (var candidate in _candidates.Values)
        {
            var neighbours = links.Of(candidate).Select(link => (Table: link.Key, Lift: link.Key.Own * link.Value))
                .OrderByDescending(link => link.Lift).ThenBy(link => link.Table.Hit.Id, StringComparer.Ordinal).Take(2).ToArray();
            if (neighbours.Length == 0) continue;
            candidate.Score += neighbours[0].Lift + (neighbours.Length > 1 ? SecondNeighbour * neighbours[1].Lift : 0);
            if (neighbours[0].Table.Own > candidate.Own) candidate.JoinedWith = neighbours[0].Table;
        }
    }

    private async Task AddMissingAsync(IReadOnlyList<SearchIndexHit> relations)
    {
        var known = _candidates.Values.Select(candidate => candidate.Hit.Table).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. relations.SelectMany(relation => new[] { relation.Table, relation.OtherTable }).OfType<string>().Where(table => !known.Contains(table)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        var filter = new SearchIndexFilter { ItemTypes = [CatalogItemType.Table], Tables = missing };
        foreach (var hit in await index.GetAsync(scope, filter, cancellationToken).ConfigureAwait(false))
            _candidates.TryAdd(hit.Id, new(hit) { Match = new() { Strengths = new double[words.All.Count], Name = 0, Column = [] } });
    }
}

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
    private Scores? _scores;

    /// <summary>The tables, in no order.</summary>
    public async Task<IReadOnlyCollection<Candidate>> RankAsync(string? databaseId)
    {
        if (await AddAllAsync(databaseId).ConfigureAwait(false)) Score();
        else await FindAsync(databaseId).ConfigureAwait(false);
        await LiftNeighboursAsync().ConfigureAwait(false);
        if (_scores is not null) Spread(_scores);
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

    private Scores Score() => _scores = new(_candidates.Values, words, weights);

    /// <summary>Lifts tables that answer what those before them leave open: the tables that a question needs answer it together.</summary>
    private void Spread(Scores scores)
    {
        if (weights.Coverage <= 0) return;
        var rest = _candidates.Values.Where(candidate => candidate.Score > 0).OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal)
            .Take(Linked * 2).ToList();
        var covered = new double[words.All.Count];
        for (var place = 0; place < Linked && rest.Count > 0; place++)
        {
            var next = rest.MaxBy(candidate => candidate.Score + (weights.Coverage * scores.Open(candidate, covered)))!;
            next.Score += weights.Coverage * scores.Open(next, covered);
            rest.Remove(next);
            for (var word = 0; word < covered.Length; word++) covered[word] = Math.Max(covered[word], next.Match!.Strengths[word]);
        }
    }

    /// <summary>What is joined with tables that fit is needed to join them, and is often named nowhere in the question.</summary>
    private async Task LiftNeighboursAsync()
    {
        if (weights is { Neighbours: <= 0, SharedKeys: <= 0 }) return;
        var best = _candidates.Values.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal).Take(Linked).ToArray();
        var filter = new SearchIndexFilter { ItemTypes = [CatalogItemType.Relationship], Tables = [.. best.Select(candidate => candidate.Hit.Table).OfType<string>()] };
        var relations = await index.GetAsync(scope, filter, cancellationToken).ConfigureAwait(false);
        await AddMissingAsync(relations).ConfigureAwait(false);
        var links = new TableLinks(_candidates.Values, relations, weights);
        foreach (var candidate in _candidates.Values) candidate.Links = links.Of(candidate).Count;
        Lift(links);
        if (weights.SecondStep > 0) Lift(links);
    }

    private void Lift(TableLinks links)
    {
        var worth = _candidates.Values.ToDictionary(candidate => candidate, candidate => candidate.Own + (weights.SecondStep * (candidate.Score - candidate.Own)));
        foreach (var candidate in _candidates.Values)
        {
            var neighbours = links.Of(candidate).Select(link => (Table: link.Key, Lift: worth[link.Key] * link.Value))
                .OrderByDescending(link => link.Lift).ThenBy(link => link.Table.Hit.Id, StringComparer.Ordinal).Take(2).ToArray();
            if (neighbours.Length == 0) continue;
            candidate.Score = candidate.Own + neighbours[0].Lift + (neighbours.Length > 1 ? SecondNeighbour * neighbours[1].Lift : 0);
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

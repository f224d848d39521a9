using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Ranks what a question may be about.</summary>
internal sealed class CatalogRanking(
    ISearchIndex index, DocumentVectors? vectors, DataScope scope, QuestionWords words, RankingWeights weights, CancellationToken cancellationToken)
{
    /// <summary>A small database fills what is left of the first page.</summary>
    private const int Filled = 10;

    private const int Depth = 50;
    private const double RankConstant = 60;

    private static readonly CatalogItemType[] Usual = [CatalogItemType.Table, CatalogItemType.Metric, CatalogItemType.Document, CatalogItemType.Knowledge];

    /// <summary>The entries of some kinds, best first. Where tables are among the kinds, columns and enum values are left to them.</summary>
    public async Task<IReadOnlyList<Candidate>> RankAsync(IReadOnlyList<CatalogItemType> kinds, string? databaseId)
    {
        if (kinds.Count == 0) kinds = Usual;
        var withTables = kinds.Contains(CatalogItemType.Table);
        var others = kinds.Where(kind => withTables ? kind is not (CatalogItemType.Table or CatalogItemType.Column or CatalogItemType.EnumValue) : true).ToArray();
        var needsTables = withTables || kinds.Contains(CatalogItemType.Column) || kinds.Contains(CatalogItemType.EnumValue);
        var tables = needsTables
            ? await new TableRanking(index, scope, words, weights, cancellationToken).RankAsync(databaseId).ConfigureAwait(false) : [];
        var found = withTables ? tables.ToDictionary(table => table.Hit.Id, StringComparer.Ordinal) : [];
        if (others.Length > 0)
        {
            foreach (var candidate in await new PartRanking(index, scope, words, weights, cancellationToken).RankAsync(others, databaseId, tables).ConfigureAwait(false))
                found.TryAdd(candidate.Hit.Id, candidate);
        }

        CatalogItemType[] wanted = [.. others, .. withTables ? [CatalogItemType.Table] : Array.Empty<CatalogItemType>()];
        if (vectors is not null) await FuseAsync(found, wanted, databaseId).ConfigureAwait(false);
        await StageAsync(found, wanted, withTables, databaseId).ConfigureAwait(false);
        Candidate[] ranked = [.. found.Values.OrderByDescending(candidate => candidate.Stage).ThenByDescending(candidate => candidate.Score)
            .ThenByDescending(candidate => candidate.Links).ThenBy(candidate => candidate.Hit.ItemType).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal)];
        var fitting = ranked.Count(candidate => candidate.Stage > NameStage.Words || candidate.Score > 0);
        return [.. ranked.Take(Math.Max(fitting, Filled))];
    }

    /// <summary>Reciprocal rank fusion: the two ways of finding have no scores that could be compared.</summary>
    private async Task FuseAsync(Dictionary<string, Candidate> found, CatalogItemType[] kinds, string? databaseId)
    {
        var query = new SearchIndexQuery { Terms = [], ItemTypes = kinds, DatabaseId = databaseId, Limit = Depth };
        var near = await vectors!.FindAsync(scope, words.Text, query, cancellationToken).ConfigureAwait(false);
        var rank = 0;
        foreach (var candidate in found.Values.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Hit.Id, StringComparer.Ordinal).ToArray())
            candidate.Score = candidate.Score > 0 ? 1 / (RankConstant + ++rank) : 0;
        var matcher = new DocumentMatcher(words, weights);
        for (rank = 0; rank < near.Count; rank++)
        {
            if (!found.TryGetValue(near[rank].Id, out var candidate)) found.Add(near[rank].Id, candidate = new(near[rank]) { Match = matcher.Match(near[rank], _ => 1) });
            candidate.Score += 1 / (RankConstant + rank + 1);
            candidate.IsNear = true;
        }
    }

    /// <summary>Puts what is named before what only has the words.</summary>
    private async Task StageAsync(Dictionary<string, Candidate> found, CatalogItemType[] kinds, bool withTables, string? databaseId)
    {
        var names = new AskedNames(words);
        foreach (var candidate in found.Values.Where(candidate => candidate.Hit.Name == names.Phrase)) candidate.Stage = NameStage.Phrase;
        await StageAsync(names.Within, NameStage.Phrase).ConfigureAwait(false);
        await StageAsync([names.Whole], NameStage.Exact).ConfigureAwait(false);

        async Task StageAsync(IReadOnlyList<string> asked, NameStage stage)
        {
            if (asked.Count == 0 || asked[0].Length == 0) return;
            CatalogItemType[] named = withTables ? [.. kinds, CatalogItemType.Column] : kinds;
            var hits = await index.GetAsync(scope, new() { Names = asked, ItemTypes = named, DatabaseId = databaseId, Limit = CatalogSearchQuery.MostCandidates }, cancellationToken)
                .ConfigureAwait(false);
            foreach (var hit in hits.Where(hit => kinds.Contains(hit.ItemType))) Raise(found, hit, stage);
            var tables = hits.Where(hit => !kinds.Contains(hit.ItemType)).Select(hit => hit.Table).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            if (tables.Length == 0) return;
            foreach (var hit in await index.GetAsync(scope, new() { Tables = tables, ItemTypes = [CatalogItemType.Table] }, cancellationToken).ConfigureAwait(false))
                Raise(found, hit, NameStage.Column);
        }
    }

    private void Raise(Dictionary<string, Candidate> found, SearchIndexHit hit, NameStage stage)
    {
        if (!found.TryGetValue(hit.Id, out var candidate)) found.Add(hit.Id, candidate = new(hit) { Match = new DocumentMatcher(words, weights).Match(hit, _ => 1) });
        if (stage > candidate.Stage) candidate.Stage = stage;
    }
}

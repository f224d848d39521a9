using Sluice.Data.Relations;
using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Ranking;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Search;

/// <summary>Makes a page of what was ranked: entries with their reasons, columns, and what their tables are joined with.</summary>
internal sealed class ResultPage(
    ISearchIndex index, CatalogContents contents, DataScope scope, QuestionWords words, RankingWeights weights, CancellationToken cancellationToken)
{
    private const int MostParts = 8;
    private const int MostNeighbours = 20;

    private readonly Reasons _reasons = new(words, weights);

    public async Task<CatalogSearchResult> MakeAsync(CatalogSearchQuery query, IReadOnlyList<Candidate> ranked, int start)
    {
        var page = ranked.Skip(start).Take(query.Limit).ToArray();
        var tables = page.Where(candidate => candidate.Hit.ItemType == CatalogItemType.Table).ToArray();
        var parts = tables.Length == 0 ? Array.Empty<Candidate>().ToLookup(_ => "")
            : await new PartRanking(index, scope, words, weights, cancellationToken).OfTablesAsync(tables).ConfigureAwait(false);
        var shown = tables.Select(table => table.Hit.Table).OfType<string>().ToDictionary(table => table, table => parts[table].Take(MostParts).ToArray(), StringComparer.Ordinal);
        var relations = await RelationsOfAsync(tables).ConfigureAwait(false);
        string[] ids = [.. page.Concat(shown.Values.SelectMany(of => of)).Select(candidate => candidate.Hit.Id).Concat(relations.Select(relation => relation.Id)).Distinct(StringComparer.Ordinal)];
        var entries = await contents.GetAsync(scope, ids, cancellationToken).ConfigureAwait(false);
        var next = start + page.Length;
        return new()
        {
            // An entry may be gone since it was indexed.
            Candidates = [.. page.Where(candidate => entries.ContainsKey(candidate.Hit.Id)).Select(candidate => ToHit(candidate, entries) with
            {
                Parts = [.. shown.GetValueOrDefault(candidate.Hit.Table ?? "", []).Where(part => candidate.Hit.ItemType == CatalogItemType.Table && entries.ContainsKey(part.Hit.Id))
                    .Select(part => ToHit(part, entries))],
            })],
            Related = Neighbours(relations, entries, tables),
            NextCursor = page.Length > 0 && next < ranked.Count ? SearchCursor.Write(query, next) : null,
        };
    }

    private CatalogSearchHit ToHit(Candidate candidate, Dictionary<string, CatalogEntry> entries) => new()
    {
        Entry = entries[candidate.Hit.Id],
        Score = Math.Round(candidate.Score, 4),
        Reasons = _reasons.Of(candidate),
    };

    private async Task<IReadOnlyList<SearchIndexHit>> RelationsOfAsync(Candidate[] tables)
    {
        if (tables.Length == 0) return [];
        string[] keys = [.. tables.Select(table => table.Hit.Table).OfType<string>()];
        return await index.GetAsync(scope, new() { Tables = keys, ItemTypes = [CatalogItemType.Relationship], Limit = 200 }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tables on the other side of relations that lead from or to exactly one candidate of the page, those of the best candidates first.</summary>
    private static JoinNeighbour[] Neighbours(IEnumerable<SearchIndexHit> relations, Dictionary<string, CatalogEntry> entries, Candidate[] tables)
    {
        var ranks = tables.Select((table, rank) => (table.Hit.Table, rank)).Where(table => table.Table is not null)
            .DistinctBy(table => table.Table, StringComparer.Ordinal).ToDictionary(table => table.Table!, table => table.rank, StringComparer.Ordinal);
        var neighbours = new List<(int Rank, JoinNeighbour Neighbour)>();
        foreach (var hit in relations)
        {
            if (!entries.TryGetValue(hit.Id, out var entry) || RelationEntries.Read(entry) is not { } relation) continue;
            var from = ranks.TryGetValue(hit.Table ?? "", out var fromRank);
            var to = ranks.TryGetValue(hit.OtherTable ?? "", out var toRank);
            if (from == to) continue;
            var (candidate, other) = from ? (relation.From, relation.To) : (relation.To, relation.From);
            string[] on = [.. relation.FromColumns.Zip(relation.ToColumns, (left, right) => $"{relation.From.QualifiedName}.{left} = {relation.To.QualifiedName}.{right}")];
            neighbours.Add((from ? fromRank : toRank, new(other.QualifiedName, candidate.QualifiedName, on, RelationEntries.NameOf(relation.Origin))));
        }

        return [.. neighbours.OrderBy(neighbour => neighbour.Rank).ThenBy(neighbour => neighbour.Neighbour.Table, StringComparer.Ordinal)
            .Select(neighbour => neighbour.Neighbour).Take(MostNeighbours)];
    }
}

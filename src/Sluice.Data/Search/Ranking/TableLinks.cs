using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Which tables are joined: by relations that are known, and by columns of the same name that look like keys.</summary>
internal sealed class TableLinks
{
    private const int MostOfOneKey = 6;

    private static readonly string[] KeyEndings = ["id", "key", "code", "no", "number", "nr", "num", "uuid", "guid", "sk", "pk", "fk"];

    private readonly Dictionary<Candidate, Dictionary<Candidate, double>> _links = [];
    private readonly Dictionary<string, List<Candidate>> _byTable;

    public TableLinks(IEnumerable<Candidate> tables, IEnumerable<SearchIndexHit> relations, RankingWeights weights)
    {
        _byTable = tables.Where(table => table.Hit.Table is not null).GroupBy(table => table.Hit.Table!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var relation in relations) Add(relation, weights.Neighbours);
        if (weights.SharedKeys <= 0) return;
        foreach (var database in _byTable.Values.Select(group => group[0]).GroupBy(table => table.Hit.DatabaseId, StringComparer.Ordinal))
            AddSharedKeys([.. database], weights.SharedKeys);
    }

    /// <summary>The tables that one is joined with, and how much that counts.</summary>
    public IReadOnlyDictionary<Candidate, double> Of(Candidate table) => _links.GetValueOrDefault(table) ?? [];

    private void Add(SearchIndexHit relation, double weight)
    {
        if (weight <= 0 || relation.Table is null || relation.OtherTable is null) return;
        if (_byTable.TryGetValue(relation.Table, out var from) && _byTable.TryGetValue(relation.OtherTable, out var to)) Link(from[0], to[0], weight);
    }

    private void AddSharedKeys(Candidate[] tables, double weight)
    {
        var named = tables.ToLookup(table => Stem(table.Hit.Name), StringComparer.Ordinal);
        var keys = tables.SelectMany(table => Columns(table).Where(IsKey).Distinct(StringComparer.Ordinal).Select(key => (Key: key, Table: table)));
        foreach (var key in keys.GroupBy(pair => pair.Key, pair => pair.Table, StringComparer.Ordinal))
        {
            var having = key.ToArray();
            // The key of a table that is there belongs to it, whatever its own column is called.
            if (named[Stem(Beginning(key.Key))].FirstOrDefault() is { } owner)
            {
                foreach (var table in having) Link(owner, table, weight);
            }
            else if (having.Length <= MostOfOneKey)
            {
                for (var i = 0; i < having.Length; i++)
                {
                    for (var j = i + 1; j < having.Length; j++) Link(having[i], having[j], weight);
                }
            }
        }
    }

    private void Link(Candidate one, Candidate other, double weight)
    {
        if (one == other) return;
        Put(one, other, weight);
        Put(other, one, weight);
    }

    private void Put(Candidate from, Candidate to, double weight)
    {
        if (!_links.TryGetValue(from, out var links)) _links.Add(from, links = []);
        links[to] = Math.Max(weight, links.GetValueOrDefault(to));
    }

    private static IEnumerable<string> Columns(Candidate table) => table.Hit.Parts.Split('\n').Skip(1);

    private static bool IsKey(string column)
    {
        var space = column.LastIndexOf(' ');
        // Every table may have an id: alone it says nothing.
        return space < 0 ? column.Length > 3 && column.EndsWith("id", StringComparison.Ordinal) : KeyEndings.Contains(column[(space + 1)..]);
    }

    private static string Beginning(string key) =>
        key.LastIndexOf(' ') is > 0 and var space ? key[..space] : key[..^2];

    private static string Stem(string name) => string.Join(' ', name.Split(' ').Select(Stemmer.Of));
}

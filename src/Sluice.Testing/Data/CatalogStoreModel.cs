using Sluice.Data;
using Xunit;
using static Sluice.Testing.CatalogSamples;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>A catalog as a dictionary, and one random operation done to both.</summary>
internal sealed class CatalogStoreModel(ICatalogStore catalog, DataScope[] scopes, CancellationToken cancellationToken)
{
    private static readonly string[] Names = ["orders", "Orders", "größe", "GRÖSSE", "GRÖßE", "😀", "\uFFFD", "a%"];

    private readonly Dictionary<(DataScope Scope, string Id), CatalogEntry> _entries = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var scope = scopes[random.Next(scopes.Length)];
        return random.Next(10) switch
        {
            < 4 => UpsertAsync(scope, random, log),
            4 => RemoveAsync(scope, random, log),
            5 => GetAsync(scope, random, log),
            6 => FindAsync(scope, random, log),
            _ => ListAsync(scope, random, log),
        };
    }

    private static string[] RandomIds(Random random) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => $"id-{random.Next(8)}")];

    private static CatalogEntry RandomEntry(string id, Random random) => Full(id) with
    {
        ItemType = (CatalogItemType)random.Next(8),
        Name = Names[random.Next(Names.Length)],
        QualifiedName = $"public.{Names[random.Next(Names.Length)]}",
        Content = $"{random.Next()}",
        Metadata = new()
        {
            DatabaseId = random.Next(3) == 0 ? null : $"db-{random.Next(2)}",
            TableName = random.Next(3) == 0 ? null : Names[random.Next(Names.Length)],
            DocumentId = random.Next(3) == 0 ? null : $"doc-{random.Next(2)}",
        },
    };

    private async Task UpsertAsync(DataScope scope, Random random, List<string> log)
    {
        CatalogEntry[] entries = [.. RandomIds(random).Distinct(StringComparer.Ordinal).Select(id => RandomEntry(id, random))];
        log.Add($"upsert {scope} {string.Join(", ", entries.Select(entry => entry.Id))}");
        foreach (var entry in entries) _entries[(scope, entry.Id)] = entry;
        await catalog.UpsertAsync(scope, entries, cancellationToken);
    }

    private async Task RemoveAsync(DataScope scope, Random random, List<string> log)
    {
        var ids = RandomIds(random);
        log.Add($"remove {scope} {string.Join(", ", ids)}");
        Assert.Equal(ids.Count(id => _entries.Remove((scope, id))), await catalog.RemoveAsync(scope, ids, cancellationToken));
    }

    private async Task GetAsync(DataScope scope, Random random, List<string> log)
    {
        var ids = RandomIds(random);
        log.Add($"get {scope} {string.Join(", ", ids)}");
        var expected = ids.Distinct(StringComparer.Ordinal).Where(id => _entries.ContainsKey((scope, id))).Select(id => _entries[(scope, id)]);
        AssertSame<IReadOnlyList<CatalogEntry>>([.. expected], await catalog.GetAsync(scope, ids, cancellationToken));
    }

    private async Task FindAsync(DataScope scope, Random random, List<string> log)
    {
        string[] names = [.. random.GetItems(Names, random.Next(4)).Select(name => $"PUBLIC.{name}")];
        log.Add($"find {scope} {string.Join(", ", names)}");
        var expected = names.SelectMany(name => In(scope)
                .Where(entry => string.Equals(entry.QualifiedName, name, StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.Id, CodePointComparer.Instance))
            .DistinctBy(entry => entry.Id, StringComparer.Ordinal);
        AssertSame<IReadOnlyList<CatalogEntry>>([.. expected], await catalog.FindAsync(scope, names, cancellationToken));
    }

    private async Task ListAsync(DataScope scope, Random random, List<string> log)
    {
        var filter = new CatalogFilter
        {
            ItemTypes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (CatalogItemType)random.Next(8))],
            DatabaseId = random.Next(2) == 0 ? null : $"db-{random.Next(2)}",
            TableName = random.Next(2) == 0 ? null : Names[random.Next(Names.Length)],
            DocumentId = random.Next(3) != 0 ? null : $"doc-{random.Next(2)}",
        };
        log.Add($"list {scope} {filter} {string.Join(", ", filter.ItemTypes)}");
        var listed = new List<CatalogEntry>();
        await foreach (var entry in catalog.ListAsync(scope, filter, cancellationToken)) listed.Add(entry);
        AssertSame<IReadOnlyList<CatalogEntry>>([.. Sorted(In(scope).Where(entry => Fits(entry, filter)))], listed);
    }

    private IEnumerable<CatalogEntry> In(DataScope scope) => _entries.Where(row => row.Key.Scope == scope).Select(row => row.Value);
}

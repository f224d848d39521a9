using Sluice.Data.Catalog;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Profiling.Writing;
using Sluice.Data.Relations;

namespace Sluice.Data.Profiling.Inference;

/// <summary>Compares the tables with each other once they are profiled: relations, orphans, and views that are better to read.</summary>
internal sealed class RelationStage(ProfileQueries queries, CatalogSink sink, ProfilingOptions options, IReadOnlyList<TableProfile> tables)
{
    private const string RelationsSignature = "relationsSignature";

    private readonly RelationCandidates _candidates = new(tables);
    private readonly ProfileEntries _entries = new(options.DatabaseId);

    /// <summary>Measures the relations of one table and writes them, unless neither it nor the tables that it may refer to have changed.</summary>
    /// <returns>How many are declared, and how many inferred.</returns>
    public async Task<(int Declared, int Inferred)> RunAsync(TableProfile table, CancellationToken cancellationToken)
    {
        var candidates = _candidates.Of(table).ToArray();
        var surface = PreferredSurface.Find(table, tables);
        var signature = StableHash.HexOf([table.Signature, surface?.QualifiedName ?? "", .. candidates.SelectMany(candidate => new[] { candidate.Relation.Signature, candidate.Referenced?.Signature ?? "" })]);
        var before = await BeforeAsync(table, cancellationToken).ConfigureAwait(false);
        if (await sink.GetAsync(_entries.IdOf(table.Table), cancellationToken).ConfigureAwait(false) is not { } entry) return default;
        if (!options.Force && StoredProfiles.TextOf(entry, RelationsSignature) == signature) return CountOf(before);
        var measured = options.SchemaOnly ? Unmeasured(candidates) : await MeasureAsync(table, candidates, cancellationToken).ConfigureAwait(false);
        CatalogEntry[] found = [.. measured.Select(ToEntry), .. measured.Select(relation => relation.Finding).OfType<Findings.Finding>().Select(finding => _entries.OfFinding(table.Table, finding))];
        await sink.ReplaceAsync([.. found, Signed(entry, signature, surface)], before, cancellationToken).ConfigureAwait(false);
        return CountOf(found);
    }

    private async Task<List<MeasuredRelation>> MeasureAsync(TableProfile table, RelationCandidate[] candidates, CancellationToken cancellationToken)
    {
        var measuring = new RelationMeasuring(queries, table);
        var relations = new List<MeasuredRelation>();
        var explained = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var candidate in candidates)
        {
            // The candidates of a column come best first, and the first that holds is it.
            if (!candidate.IsDeclared && explained.Contains(candidate.Relation.FromColumns[0])) continue;
            if (await measuring.MeasureAsync(candidate, cancellationToken).ConfigureAwait(false) is not { } relation) continue;
            relations.Add(relation);
            if (!candidate.IsDeclared) explained.Add(candidate.Relation.FromColumns[0]);
        }

        return relations;
    }

    private static List<MeasuredRelation> Unmeasured(RelationCandidate[] candidates) =>
        [.. candidates.Where(candidate => candidate.IsDeclared).Select(candidate => new MeasuredRelation { Relation = candidate.Relation, Evidence = "The database declares it." })];

    private CatalogEntry ToEntry(MeasuredRelation measured)
    {
        var relation = measured.Relation;
        var entry = RelationEntries.ToEntry(relation);
        var facts = ProfileEntries.Extra(
            ("evidence", measured.Evidence), ("query", measured.Query), ("orphanCount", measured.OrphanCount), ("maxFanOut", measured.MaxFanOut), ("meanFanOut", measured.MeanFanOut));
        return entry with
        {
            Id = EntryIds.Relationship(options.DatabaseId, relation.From.Schema, relation.From.Name, relation.FromColumns, relation.To.Schema, relation.To.Name, relation.ToColumns),
            Related = [new(EntryIds.Table(options.DatabaseId, relation.From.Schema, relation.From.Name), "from"), new(EntryIds.Table(options.DatabaseId, relation.To.Schema, relation.To.Name), "to")],
            Metadata = entry.Metadata with
            {
                DatabaseId = options.DatabaseId,
                Extra = entry.Metadata.Extra.Concat(facts).OrderBy(member => member.Key, StringComparer.Ordinal).ToDictionary(member => member.Key, member => member.Value),
            },
        };
    }

    /// <summary>Relations and orphans of the table as they stand in the catalog.</summary>
    private async Task<List<CatalogEntry>> BeforeAsync(TableProfile table, CancellationToken cancellationToken)
    {
        var before = new List<CatalogEntry>();
        await foreach (var entry in sink.ListAsync([CatalogItemType.Relationship, CatalogItemType.DataQualityFinding], table.Table.Name, cancellationToken).ConfigureAwait(false))
            if (entry.Metadata.SchemaName == table.Table.Schema && IsOfThisStage(entry)) before.Add(entry);
        return before;
    }

    /// <summary>Whether comparing tables wrote an entry, and not profiling one alone.</summary>
    public static bool IsOfThisStage(CatalogEntry entry) => entry.ItemType == CatalogItemType.Relationship || StoredProfiles.TextOf(entry, "rule") == RelationMeasuring.Orphans;

    private static CatalogEntry Signed(CatalogEntry entry, string signature, PreferredSurface? surface)
    {
        var extra = new SortedDictionary<string, System.Text.Json.JsonElement>(entry.Metadata.Extra.ToDictionary(), StringComparer.Ordinal) { [RelationsSignature] = ProfileJson.Of(signature) };
        var profile = ProfileJson.Read<TableSummary>(entry.Metadata.Profile) is { } summary ? ProfileJson.Of(summary with { PreferredSurface = surface }) : entry.Metadata.Profile;
        return entry with { Metadata = entry.Metadata with { Profile = profile, Extra = extra.ToDictionary(member => member.Key, member => member.Value) } };
    }

    private static (int Declared, int Inferred) CountOf(IReadOnlyCollection<CatalogEntry> entries) => (Count(entries, RelationOrigin.Declared), Count(entries, RelationOrigin.Inferred));

    private static int Count(IReadOnlyCollection<CatalogEntry> entries, RelationOrigin origin) =>
        entries.Count(entry => entry.ItemType == CatalogItemType.Relationship && entry.Metadata.RelationType == RelationEntries.NameOf(origin));
}

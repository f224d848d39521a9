using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;
using Sluice.Data.Search.Documents;

namespace Sluice.Data.Profiling.Inference;

/// <summary>Which columns of a table may refer to which keys: what is declared, and beside it what the names suggest.</summary>
internal sealed class RelationCandidates(IReadOnlyList<TableProfile> tables)
{
    private const int MostOfColumn = 3;
    private const double OfOwnTable = 0.7;
    private const decimal LeastKeyConfidence = 0.6m;

    private static readonly HashSet<string> Above = new(StringComparer.Ordinal) { "parent", "manager", "supervisor", "boss", "superior" };

    private readonly Dictionary<TableKey, TableProfile> _byKey = tables.DistinctBy(table => table.Key).ToDictionary(table => table.Key);
    private readonly (TableProfile Table, string Column, TypeFamily Family)[] _keys = [.. tables.Where(table => !table.Table.IsView).SelectMany(KeysOf)];

    public IEnumerable<RelationCandidate> Of(TableProfile table) => Declared(table).Concat(table.Table.IsView ? [] : Suggested(table));

    private IEnumerable<RelationCandidate> Declared(TableProfile table)
    {
        foreach (var key in table.Table.ForeignKeys)
        {
            var referenced = _byKey.GetValueOrDefault(new(key.ReferencedSchema, key.ReferencedTable));
            var relation = new Relation
            {
                From = table.Key,
                FromColumns = key.Columns,
                To = new(key.ReferencedSchema, key.ReferencedTable),
                ToColumns = key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : referenced?.Table.PrimaryKey ?? [],
                Origin = RelationOrigin.Declared,
                Cardinality = Keys.AreUnique(table.Table, key.Columns) ? Cardinality.OneToOne : Cardinality.ManyToOne,
            };
            if (relation.IsJoinable) yield return new(relation, 1, referenced);
        }
    }

    private IEnumerable<RelationCandidate> Suggested(TableProfile table)
    {
        var declared = table.Table.ForeignKeys.Where(key => key.Columns.Count == 1).Select(key => key.Columns[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return table.Columns.Where(column => !declared.Contains(column.Name) && MayRefer(column)).SelectMany(column => Targets(table, column));
    }

    private IEnumerable<RelationCandidate> Targets(TableProfile table, ProfiledColumn column) => _keys
        .Where(key => column.Family.CanRefer(key.Family) && !(key.Table.Key == table.Key && key.Column == column.Name))
        .Select(key => (Key: key, Score: ScoreOf(table, column, key.Table, key.Column)))
        .Where(target => target.Score > 0)
        .OrderByDescending(target => target.Score).ThenBy(target => target.Key.Table.Key.QualifiedName, StringComparer.Ordinal).ThenBy(target => target.Key.Column, StringComparer.Ordinal)
        .Take(MostOfColumn)
        .Select(target => new RelationCandidate(
            new()
            {
                From = table.Key,
                FromColumns = [column.Name],
                To = target.Key.Table.Key,
                ToColumns = [target.Key.Column],
                Origin = RelationOrigin.Inferred,
                Cardinality = Keys.AreUnique(table.Table, [column.Name]) ? Cardinality.OneToOne : Cardinality.ManyToOne,
            },
            target.Score, target.Key.Table));

    private static double ScoreOf(TableProfile table, ProfiledColumn column, TableProfile referenced, string key)
    {
        if (table.Key == referenced.Key) return NameWords.Split(column.Name) is [_, .., "id"] words && words.Exists(Above.Contains) ? OfOwnTable : 0;
        return KeyNames.ScoreOf(column.Name, referenced.Table.Name, key);
    }

    /// <summary>A column with a value at all, which tells of no person.</summary>
    private static bool MayRefer(ProfiledColumn column) => column.Profile is { PersonalData: null, NullCount: { } nulls } profile && nulls < profile.Rows;

    /// <summary>Columns that alone tell rows apart: declared, or guessed with enough confidence.</summary>
    private static IEnumerable<(TableProfile Table, string Column, TypeFamily Family)> KeysOf(TableProfile table)
    {
        var likely = table.LikelyKeys.Where(key => key.Confidence >= LeastKeyConfidence).Select(key => key.Columns);
        var names = table.Table.UniqueKeys.Prepend(table.Table.PrimaryKey).Concat(likely).Where(key => key.Count == 1).Select(key => key[0]);
        return names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).OfType<ProfiledColumn>()
            .Select(column => (table, column.Name, column.Family));
    }
}

using Sluice.Data;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;

namespace Sluice.Bench.Paths;

/// <summary>A thousand tables of twenty columns. Each refers to a hub, to a table of its neighbourhood, and to any other.</summary>
internal sealed class Warehouse
{
    private const int TableCount = 1_000;
    private const int Columns = 20;
    private const int Hubs = 20;
    private const int Seed = 20261127;

    public Warehouse()
    {
        var random = new Random(Seed);
        Tables = [.. Enumerable.Range(0, TableCount).Select(TableOf)];
        Relations = [.. Enumerable.Range(Hubs, TableCount - Hubs).SelectMany(table => new[]
        {
            Relate(table, random.Next(Hubs)), Relate(table, Math.Max(Hubs, table - random.Next(1, 10))), Relate(table, random.Next(table)),
        }).DistinctBy(relation => relation.Signature)];
        Pairs = [.. Enumerable.Range(0, 20).Select(_ => (From: Tables[random.Next(TableCount)], To: Tables[random.Next(TableCount)])).Where(pair => pair.From != pair.To)];
        Entries = [.. Tables.Select(table => ToEntry(table)), .. Tables.SelectMany(table => Enumerable.Range(0, Columns).Select(column => ToEntry(table, column))), .. Relations.Select(RelationEntries.ToEntry)];
    }

    public static DataScope Scope { get; } = new("acme");

    public IReadOnlyList<TableKey> Tables { get; }

    public IReadOnlyList<Relation> Relations { get; }

    /// <summary>The tables that are asked for.</summary>
    public IReadOnlyList<(TableKey From, TableKey To)> Pairs { get; }

    public IReadOnlyList<CatalogEntry> Entries { get; }

    private static TableKey TableOf(int number) => new("main", $"t{number}");

    private static Relation Relate(int from, int to) => new()
    {
        From = TableOf(from),
        FromColumns = [$"t{to}_id"],
        To = TableOf(to),
        ToColumns = ["id"],
        Origin = RelationOrigin.Declared,
        Cardinality = Cardinality.ManyToOne,
    };

    private static CatalogEntry ToEntry(TableKey table) => new()
    {
        Id = $"table:{table.QualifiedName}",
        ItemType = CatalogItemType.Table,
        Name = table.Name,
        QualifiedName = table.QualifiedName,
        Metadata = new() { SchemaName = table.Schema, TableName = table.Name },
    };

    private static CatalogEntry ToEntry(TableKey table, int column) => new()
    {
        Id = $"column:{table.QualifiedName}.c{column}",
        ItemType = CatalogItemType.Column,
        Name = $"c{column}",
        QualifiedName = $"{table.QualifiedName}.c{column}",
        Metadata = new() { SchemaName = table.Schema, TableName = table.Name, ColumnName = $"c{column}", DataType = "INTEGER" },
    };
}

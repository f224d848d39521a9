using Sluice.Data.Relations;
using Sluice.Data.Schemas;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Toolkit;

/// <summary>What is known in one scope: the catalog's entries, and beside them what the database says of itself.</summary>
internal sealed class CatalogReader(OpenDataEnvironment environment, DataScope scope, CancellationToken cancellationToken)
{
    private const int MostNames = 20;

    public static CatalogReader For(OpenDataEnvironment environment, ToolContext context) =>
        new(environment, new(context.Tenant.ResourceId, environment.WorkspaceId), context.CancellationToken);

    public DataScope Scope => scope;

    public CancellationToken CancellationToken => cancellationToken;

    public async Task<SchemaEntries?> ReadSchemaAsync() =>
        environment.Schema is { } schema ? await schema.ReadAsync(cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The entries that a reference names; the catalog's count before the database's own.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> FindAsync(EntityReference reference)
    {
        reference.Check();
        var schema = await ReadSchemaAsync().ConfigureAwait(false);
        if (reference.Id is { } id)
        {
            var stored = await environment.Catalog.GetAsync(scope, [id], cancellationToken).ConfigureAwait(false);
            return stored.Count > 0 || schema?.Get(id) is not { } own ? stored : [own];
        }

        var name = reference.QualifiedName!;
        var found = (await environment.Catalog.FindAsync(scope, [name], cancellationToken).ConfigureAwait(false)).ToList();
        found.AddRange((schema?.Find(name) ?? []).Where(own => found.TrueForAll(entry => entry.ItemType != own.ItemType)));
        if (found.Count > 0) return found;
        // A name may hold dots of its own, so that this is no question of its form.
        var filter = new CatalogFilter { ItemTypes = [CatalogItemType.Table], TableName = name };
        var tables = await ListAsync(filter).ConfigureAwait(false);
        tables.AddRange((schema?.FindTables(name) ?? []).Where(own => tables.TrueForAll(entry => KeyOf(entry, schema) != KeyOf(own, schema))));
        return tables;
    }

    /// <summary>The one table that a reference names.</summary>
    /// <exception cref="SluiceException">There is none, or several (<c>unknown_catalog_entry</c>).</exception>
    public async Task<(TableKey Key, CatalogEntry Entry)> FindTableAsync(EntityReference reference)
    {
        var found = (await FindAsync(reference).ConfigureAwait(false)).Where(entry => entry.ItemType == CatalogItemType.Table).ToArray();
        var schema = await ReadSchemaAsync().ConfigureAwait(false);
        return found.Select(entry => KeyOf(entry, schema)).Distinct().Count() switch
        {
            1 => (KeyOf(found[0], schema), found[0]),
            0 => throw await UnknownTableAsync(reference, schema).ConfigureAwait(false),
            _ => throw new SluiceException(
                ErrorCodes.UnknownCatalogEntry,
                $"Several tables are called '{reference.Text}': {string.Join(", ", found.Select(entry => entry.QualifiedName).Take(10))}. Name one with its schema."),
        };
    }

    /// <summary>The relations that can be joined over. What the catalog knows of a declared one is kept.</summary>
    /// <param name="from">The table that refers; null: any.</param>
    public async Task<IReadOnlyList<Relation>> ReadRelationsAsync(TableKey? from = null)
    {
        var schema = await ReadSchemaAsync().ConfigureAwait(false);
        var relations = new Dictionary<string, Relation>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in await ListAsync(new() { ItemTypes = [CatalogItemType.Relationship], TableName = from?.Name }).ConfigureAwait(false))
        {
            if (RelationEntries.Read(entry) is not { } relation) continue;
            relation = relation with { From = Complete(relation.From, schema), To = Complete(relation.To, schema) };
            if (from is null || relation.From == from) relations.TryAdd(relation.Signature, relation);
        }

        foreach (var declared in schema?.Relations.Where(relation => relation.IsJoinable && (from is null || relation.From == from)) ?? [])
        {
            if (!relations.TryAdd(declared.Signature, declared))
                relations[declared.Signature] = relations[declared.Signature] with { Origin = RelationOrigin.Declared, Cardinality = declared.Cardinality };
        }

        return [.. relations.Values.OrderBy(relation => relation.Signature, StringComparer.Ordinal)];
    }

    public async Task<List<CatalogEntry>> ListAsync(CatalogFilter filter)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var entry in environment.Catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }

    /// <summary>The table that an entry is or belongs to.</summary>
    public static TableKey KeyOf(CatalogEntry entry, SchemaEntries? schema)
    {
        var name = entry.Metadata.TableName ?? entry.Name;
        var ending = $".{name}";
        var ofName = entry.ItemType == CatalogItemType.Table && entry.QualifiedName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            ? entry.QualifiedName[..^ending.Length] : "";
        return Complete(new(entry.Metadata.SchemaName ?? ofName, name), schema);
    }

    /// <summary>A table without a schema, with that of the database's only table of the name.</summary>
    private static TableKey Complete(TableKey table, SchemaEntries? schema)
    {
        if (table.Schema.Length > 0 || schema is null) return table;
        var named = schema.FindTables(table.Name).Take(2).ToArray();
        return named.Length == 1 ? new(named[0].Metadata.SchemaName!, named[0].Name) : table;
    }

    private async Task<SluiceException> UnknownTableAsync(EntityReference reference, SchemaEntries? schema)
    {
        var tables = await ListAsync(new() { ItemTypes = [CatalogItemType.Table] }).ConfigureAwait(false);
        var all = tables.Concat(schema?.Tables ?? []).Select(entry => reference.Id is null ? entry.QualifiedName : entry.Id);
        var names = all.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return new(ErrorCodes.UnknownCatalogEntry, $"There is no table '{reference.Text}'. {Hint(reference.Text, names)}");
    }

    private static string Hint(string text, string[] names)
    {
        if (names.Length == 0) return "No tables are known.";
        // A bare name is near to a bare name, and the answer is the whole one.
        var bare = NearestName.Find(BareName(text), names.Select(BareName));
        if ((NearestName.Find(text, names) ?? names.FirstOrDefault(name => BareName(name) == bare)) is { } near) return $"Did you mean '{near}'?";
        var more = names.Length > MostNames ? $", … ({names.Length} in all)" : "";
        return $"Tables are: {string.Join(", ", names.Take(MostNames))}{more}.";
    }

    private static string BareName(string name) => name[(name.LastIndexOf('.') + 1)..];
}

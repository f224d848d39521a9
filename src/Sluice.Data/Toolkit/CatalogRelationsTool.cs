using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;

namespace Sluice.Data.Toolkit;

/// <summary>Lists what entries are joined with and otherwise have to do with.</summary>
internal sealed class CatalogRelationsTool(OpenDataEnvironment environment)
{
    private const int MostRelations = 200;

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        "get_catalog_relations",
        "Lists the neighbours of tables: join columns, cardinality, and whether the relation is declared by the database, authored by a person or "
        + "inferred from data. For other entries, what they are related to.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
        var (tables, related, missing) = (new HashSet<TableKey>(), new List<object>(), new List<EntityReference>());
        foreach (var reference in arguments.Refs)
        {
            var found = await reader.FindAsync(reference).ConfigureAwait(false);
            if (found.Count == 0) missing.Add(reference);
            foreach (var entry in found)
            {
                if (entry.ItemType == CatalogItemType.Table) tables.Add(CatalogReader.KeyOf(entry, schema));
                related.AddRange(entry.Related.Select(other => new { of = entry.QualifiedName, id = other.Id, relation = other.Relation }));
            }
        }

        var all = await reader.ReadRelationsAsync().ConfigureAwait(false);
        var fitting = all.Where(relation => Fits(relation, tables, arguments)).ToArray();
        return CompactJson.Of(new
        {
            relations = fitting.Take(MostRelations).Select(RelationView.Of).ToArray(),
            related = CompactJson.OrNull(related),
            missing = CompactJson.OrNull(missing),
            more = fitting.Length > MostRelations ? fitting.Length - MostRelations : (int?)null,
            hint = Hint(fitting.Length + related.Count, missing.Count, arguments),
        });
    }

    private static bool Fits(Relation relation, HashSet<TableKey> tables, Arguments arguments) =>
        (arguments.Kinds is not { Count: > 0 } kinds || kinds.Contains(relation.Origin))
        && ((arguments.Direction != RelationDirection.Incoming && tables.Contains(relation.From))
            || (arguments.Direction != RelationDirection.Outgoing && tables.Contains(relation.To)));

    private static string? Hint(int found, int missing, Arguments arguments) => (found, missing, arguments) switch
    {
        ( > 0, 0, _) => null,
        (_, > 0, _) => "What is missing is in neither the catalog nor the database. Names are written schema.table.",
        (_, _, { Kinds.Count: > 0 } or { Direction: not RelationDirection.Both }) => "No relation fits. Call again without kinds and direction.",
        _ => "No relation is known. Compare column names with list_schema_fields and check a guess with execute_query.",
    };

    internal sealed record Arguments(
        [property: Description("Tables, or other entries."), Length(1, 50)] IReadOnlyList<EntityReference> Refs,
        [property: Description("Only relations of these origins.")] IReadOnlyList<RelationOrigin>? Kinds = null,
        [property: Description("outgoing: to tables that these refer to; incoming: from tables that refer to these.")]
        RelationDirection Direction = RelationDirection.Both);
}

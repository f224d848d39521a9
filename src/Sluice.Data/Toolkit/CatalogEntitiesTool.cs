using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Sluice.Data.Toolkit;

/// <summary>Reads entries by id or name.</summary>
internal sealed class CatalogEntitiesTool(OpenDataEnvironment environment)
{
    private const int MostOfOneName = 20;

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        "get_catalog_entities",
        "Reads catalog entries (tables, columns, relationships, metrics, documents, …) by id or qualified name, up to 50. "
        + "Returns entities, and missing for what there is not.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var entities = new Dictionary<string, CatalogEntry>(StringComparer.Ordinal);
        var (missing, warnings) = (new List<EntityReference>(), new List<string>());
        foreach (var reference in arguments.Refs)
        {
            var found = await reader.FindAsync(reference).ConfigureAwait(false);
            if (found.Count == 0) missing.Add(reference);
            if (found.Count > 1) warnings.Add(Ambiguous(reference, found.Count));
            foreach (var entry in found.Take(MostOfOneName)) entities.TryAdd(entry.Id, entry);
        }

        return CompactJson.Of(new
        {
            entities = entities.Values.Select(EntryView.Of).ToArray(),
            missing = CompactJson.OrNull(missing),
            warnings = CompactJson.OrNull(warnings),
            hint = missing.Count == 0 ? null : "Names are written schema.table or schema.table.column. list_schema_fields lists the columns of a table.",
        });
    }

    private static string Ambiguous(EntityReference reference, int count) =>
        $"'{reference.Text}' names {count} entries{(count > MostOfOneName ? $"; the first {MostOfOneName} are here" : "")}. Use their ids.";

    internal sealed record Arguments([property: Description("What to read."), Length(1, 50)] IReadOnlyList<EntityReference> Refs);
}

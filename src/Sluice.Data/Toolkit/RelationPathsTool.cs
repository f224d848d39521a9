using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Data.Relations;

namespace Sluice.Data.Toolkit;

/// <summary>Finds how two tables can be joined.</summary>
internal sealed class RelationPathsTool(OpenDataEnvironment environment)
{
    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        "get_relation_paths_between",
        "Finds how to join two tables, over others where needed, best first. Each path has a ready FROM … JOIN text, its cardinality, the share of rows "
        + "without a partner where known, and a warning where SUM or COUNT would count rows twice. Heed the warning.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var (from, _) = await reader.FindTableAsync(arguments.From).ConfigureAwait(false);
        var (to, _) = await reader.FindTableAsync(arguments.To).ConfigureAwait(false);
        var graph = new RelationGraph(await reader.ReadRelationsAsync().ConfigureAwait(false));
        var paths = graph.Find(from) is { } start && graph.Find(to) is { } end
            ? new PathSearch(graph, start, end, arguments.MaxHops).Find(arguments.Limit, context.CancellationToken)
            : [];
        return CompactJson.Of(new
        {
            paths = paths.Select(RelationView.Of).ToArray(),
            hint = paths.Count > 0 ? null
                : $"No relations lead from {from.QualifiedName} to {to.QualifiedName} within {arguments.MaxHops} joins. "
                  + "See what each is related to with get_catalog_relations, or compare columns with list_schema_fields.",
        });
    }

    internal sealed record Arguments(
        [property: Description("The table to begin with.")] EntityReference From,
        [property: Description("The table to end with.")] EntityReference To,
        [property: Description("The most joins of a path."), Range(1, 6)] int MaxHops = 4,
        [property: Description("The most paths."), Range(1, 20)] int Limit = 5);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Data.Search;

namespace Sluice.Data.Toolkit;

/// <summary>Finds entries for a question.</summary>
internal sealed class SearchTool(OpenDataEnvironment environment, CatalogSearch search)
{
    public const string Name = "search_catalog";

    private const int MostDescriptionCharacters = 200;
    private const int MostTags = 10;

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        Name,
        "Finds the tables (with their columns that fit best), metrics, documents and knowledge that a question or name is about, best first, with a score and why each "
        + "was found. related: tables that these are joined with, and the columns to join on. Begin here when you don't know which tables you need. Read on with nextCursor.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var query = new CatalogSearchQuery
        {
            Text = arguments.Query,
            Kinds = arguments.Kinds ?? [],
            DatabaseId = arguments.DatabaseId,
            Limit = arguments.Limit,
            Cursor = arguments.Cursor,
        };
        var result = await search.SearchAsync(new(context.Tenant.ResourceId, environment.WorkspaceId), query, context.CancellationToken).ConfigureAwait(false);
        return CompactJson.Of(new
        {
            nextCursor = result.NextCursor,
            hint = HintOf(arguments, result),
            note = CompactJson.UntrustedNote,
            untrustedData = new
            {
                candidates = result.Candidates.Select(Show).ToArray(),
                related = CompactJson.OrNull(result.Related),
                elsewhere = CompactJson.OrNull(result.Elsewhere),
            },
        });
    }

    private static object Show(CatalogSearchHit hit) => new
    {
        id = hit.Entry.Id,
        kind = hit.Entry.ItemType,
        qualifiedName = hit.Entry.QualifiedName,
        databaseId = hit.Entry.Metadata.DatabaseId,
        type = hit.Entry.Metadata.DataType ?? hit.Entry.Metadata.RelationType,
        description = Shorten(hit.Entry.Content),
        tags = CompactJson.OrNull(hit.Entry.Tags.Take(MostTags).ToArray()),
        rowCount = hit.Entry.Metadata.RowCount,
        score = hit.Score,
        why = hit.Reasons,
        parts = CompactJson.OrNull(hit.Parts.Select(ShowPart).ToArray()),
    };

    private static object ShowPart(CatalogSearchHit part) => new
    {
        id = part.Entry.Id,
        kind = part.Entry.ItemType == CatalogItemType.Column ? (CatalogItemType?)null : part.Entry.ItemType,
        name = part.Entry.Name,
        type = part.Entry.Metadata.DataType,
        description = Shorten(part.Entry.Content),
        why = part.Reasons,
    };

    private static string? Shorten(string text)
    {
        if (text.Length <= MostDescriptionCharacters) return text.Length > 0 ? text : null;
        var end = char.IsHighSurrogate(text[MostDescriptionCharacters - 1]) ? MostDescriptionCharacters - 1 : MostDescriptionCharacters;
        return $"{text[..end]}…";
    }

    private static string? HintOf(Arguments arguments, CatalogSearchResult result)
    {
        if (result.Candidates.Count > 0) return null;
        if (arguments.Cursor is not null) return "There is nothing more.";
        var nothing = result.Elsewhere.Count > 0 ? "Nothing was found; elsewhere is what there is otherwise. " : "Nothing was found. ";
        return (arguments.Kinds, arguments.DatabaseId) switch
        {
            ({ Count: > 0 }, not null) => $"{nothing}Search again without kinds and databaseId, or with other words.",
            ({ Count: > 0 }, null) => $"{nothing}Search again without kinds, or with other words.",
            (_, not null) => $"{nothing}Search again without databaseId, or with other words.",
            _ => $"{nothing}Search with other words, such as one noun alone, or list the columns of a table that you know with list_schema_fields.",
        };
    }

    internal sealed record Arguments(
        [property: Description("A question in plain words, or a name or part of one."), Length(1, 100_000)] string Query,
        [property: Description("Only these kinds. Left out: tables with their columns, metrics, documents, knowledge."), MaxLength(8)] IReadOnlyList<CatalogItemType>? Kinds = null,
        [property: Description("Only this database."), MaxLength(512)] string? DatabaseId = null,
        [property: Description("The most candidates."), Range(1, CatalogSearchQuery.MostCandidates)] int Limit = 10,
        [property: Description("nextCursor of the page before."), MaxLength(512)] string? Cursor = null);
}

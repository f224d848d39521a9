using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Data;
using Sluice.Data.Exchange;
using Sluice.Data.Search;
using Sluice.Data.Toolkit;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Data;

/// <summary>The data that a workspace's agents work on. All of it is read the way agents read it: nothing here can change a database.</summary>
internal sealed class DataEndpoints(WorkspaceTable workspaces)
{
    private const int MostIds = 200;

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/data/sources", SourcesAsync).WithSummary("What there is, without addresses and secrets");
        workspace.MapGet("/data/schema", TablesAsync).WithSummary("Tables and views by name");
        workspace.MapGet("/data/schema/{table}", TableAsync).WithSummary("A table: columns with profiles, relations, findings");
        workspace.MapGet("/data/search", SearchAsync).WithSummary("What the catalog has on a question, best first");
        workspace.MapGet("/data/entities", EntitiesAsync).WithSummary("Entries of the catalog by id");
        workspace.MapGet("/data/relations", RelationsAsync).WithSummary("What can be joined, all of it or of one table");
        workspace.MapGet("/data/sample", SampleAsync).WithSummary("Some rows of a table");
        workspace.MapPost("/data/query", QueryAsync).WithSummary("Runs one statement that reads; the engine refuses everything else");
        workspace.MapGet("/data/catalog", ExportAsync).WithSummary("The catalog as JSON lines, to be kept or imported")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson");
    }

    private async Task<Answer<DataSources>> SourcesAsync(string workspace, CancellationToken cancellationToken) =>
        new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).SourcesAsync().ConfigureAwait(false));

    private async Task<Answer<TableList>> TablesAsync(string workspace, string? filter, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Read(1) is [var name] ? name : null;
        var desk = await DeskAsync(workspace, cancellationToken).ConfigureAwait(false);
        var all = (await desk.TablesAsync().ConfigureAwait(false)).Where(table => Fits(table, filter)).ToList();
        var tables = all.Where(table => after is null || string.CompareOrdinal(table.QualifiedName, after) > 0).Take(page.Size + 1).ToList();
        var (items, next) = page.Take(tables, last => PageRequest.Write(last.QualifiedName));
        return new(new(items, next, all.Count));
    }

    private async Task<Answer<TableDetails>> TableAsync(string workspace, string table, CancellationToken cancellationToken) =>
        new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).TableAsync(table).ConfigureAwait(false));

    private async Task<Answer<CatalogSearchResult>> SearchAsync(
        string workspace, string text, Named<CatalogItemType>[] kind, string? databaseId, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new BadHttpRequestException("'text' is empty.");
        var query = new CatalogSearchQuery
        {
            Text = text,
            Kinds = [.. kind.Select(named => named.Value)],
            DatabaseId = databaseId,
            Limit = Math.Min(page.Size, CatalogSearchQuery.MostCandidates),
            Cursor = page.Cursor,
        };
        return new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).SearchAsync(query).ConfigureAwait(false));
    }

    private async Task<Answer<IReadOnlyList<CatalogEntry>>> EntitiesAsync(string workspace, string[] id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MostIds) throw new BadHttpRequestException($"'id' is given {id.Length} times: from 1 to {MostIds}.");
        return new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).EntitiesAsync(id).ConfigureAwait(false));
    }

    private async Task<Answer<IReadOnlyList<RelationInfo>>> RelationsAsync(string workspace, string? table, CancellationToken cancellationToken) =>
        new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).RelationsAsync(table).ConfigureAwait(false));

    private async Task<Answer<QueryResult>> SampleAsync(string workspace, string table, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > ToolkitConfig.MostSampleRows) throw new BadHttpRequestException($"'limit' is {limit}: from 1 to {ToolkitConfig.MostSampleRows}.");
        return new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).SampleAsync(table, limit ?? 20).ConfigureAwait(false));
    }

    private async Task<Answer<QueryResult>> QueryAsync(string workspace, Body<RunQuery> body, CancellationToken cancellationToken)
    {
        if (body.Value.Sql.Length is 0 or > 100_000) throw new BadHttpRequestException("'sql' has 1 to 100000 characters.");
        if (body.Value.MaxRows is < 1 or > 10_000) throw new BadHttpRequestException($"'maxRows' is {body.Value.MaxRows}: from 1 to 10000.");
        if (body.Value.TimeoutSeconds is < 1 or > 300) throw new BadHttpRequestException($"'timeoutSeconds' is {body.Value.TimeoutSeconds}: from 1 to 300.");
        return new(await (await DeskAsync(workspace, cancellationToken).ConfigureAwait(false)).QueryAsync(body.Value).ConfigureAwait(false));
    }

    private async Task ExportAsync(HttpContext http, string workspace, string? databaseId)
    {
        var open = await workspaces.GetAsync(workspace, http.RequestAborted).ConfigureAwait(false);
        var data = open.RequireData();
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"catalog.jsonl\"";
        await CatalogExchange.ExportAsync(
            data.Catalog, DataDesk.ScopeOf(open), http.Response.Body, new() { DatabaseId = databaseId }, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task<DataDesk> DeskAsync(string workspace, CancellationToken cancellationToken) =>
        new(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), cancellationToken);

    private static bool Fits(TableInfo table, string? filter) => string.IsNullOrWhiteSpace(filter)
        || table.Tags.Append(table.QualifiedName).Append(table.Description).Any(text => text.Contains(filter, StringComparison.OrdinalIgnoreCase));
}

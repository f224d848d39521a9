using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Data.Knowledge;
using Sluice.Data.Profiling;
using Sluice.Json;
using Sluice.Studio.Hosting;
using Sluice.Studio.Jobs;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Data;

/// <summary>Learns about data as jobs: each goes on whoever watches, and what it wrote stays when it is cancelled.</summary>
internal sealed class DataJobEndpoints(WorkspaceTable workspaces, FileRoot files)
{
    private const string DefaultDatabase = "main";

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapPost("/data/profile", ProfileAsync).WithSummary("Begins to look at the database and to note what is in it, as a job of kind profile");
        workspace.MapPost("/data/ingest", IngestAsync).WithSummary("Begins to read documents into the catalog, as a job of kind ingest");
    }

    private async Task<Accepted<JobInfo>> ProfileAsync(string workspace, Body<StartProfile> body, CancellationToken cancellationToken)
    {
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        var options = new ProfilingOptions
        {
            DatabaseId = await DatabaseIdAsync(open, body.Value.DatabaseId, cancellationToken).ConfigureAwait(false),
            Tables = body.Value.Tables,
            SampleSize = body.Value.SampleSize ?? 10_000,
            SchemaOnly = body.Value.SchemaOnly,
            Force = body.Value.Force,
        };
        var (data, scope) = (open.RequireData(), DataDesk.ScopeOf(open));
        return new(open.Jobs.Start("profile", token => WriteAsync(open, data.ProfileAsync(scope, options, token), token)).Info);
    }

    private async Task<Accepted<JobInfo>> IngestAsync(string workspace, Body<StartIngestion> body, CancellationToken cancellationToken)
    {
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(body.Value.Directory)) throw new BadHttpRequestException("'directory' is empty.");
        var options = new IngestionOptions
        {
            DatabaseId = await DatabaseIdAsync(open, body.Value.DatabaseId, cancellationToken).ConfigureAwait(false),
            SourceDirectory = files.Resolve(body.Value.Directory, "directory"),
            Extensions = body.Value.Extensions ?? ["md", "txt"],
            RemoveMissing = body.Value.RemoveMissing,
        };
        // What is wrong with the options is the answer, and no failed job.
        var events = open.RequireData().IngestKnowledgeAsync(DataDesk.ScopeOf(open), options, CancellationToken.None);
        return new(open.Jobs.Start("ingest", token => WriteAsync(open, events, token)).Info);
    }

    private static async Task<string> DatabaseIdAsync(OpenWorkspace open, string? given, CancellationToken cancellationToken)
    {
        if (given is not null) return given;
        var known = (await new DataDesk(open, cancellationToken).SourcesAsync().ConfigureAwait(false)).DatabaseIds;
        return known.Count switch
        {
            0 => DefaultDatabase,
            1 => known[0],
            _ => throw new BadHttpRequestException($"The catalog has several databases. Say in 'databaseId' which is meant: {string.Join(", ", known)}."),
        };
    }

    private static async IAsyncEnumerable<string> WriteAsync<T>(
        OpenWorkspace open, IAsyncEnumerable<T> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in events.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return JsonSerializer.Serialize(happened, SluiceJson.Options);
        }
        finally
        {
            open.Tables.Forget();
            open.Sources.Forget();
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Jobs;

/// <summary>The jobs of a workspace, and what they have to say.</summary>
internal sealed class JobEndpoints(WorkspaceTable workspaces, TimeProvider time)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/jobs", ListAsync).WithSummary("Jobs, newest first; forgotten when the server starts anew");
        workspace.MapGet("/jobs/{job}", GetAsync).WithSummary("A job");
        workspace.MapGet("/jobs/{job}/progress", ProgressAsync)
            .WithSummary("What a job says, from its beginning or after Last-Event-ID (text/event-stream); event: end when it has ended");
        workspace.MapPost("/jobs/{job}/cancel", CancelAsync).WithSummary("Stops a job; does nothing when it has ended");
    }

    private async Task<Answer<IReadOnlyList<JobInfo>>> ListAsync(string workspace, CancellationToken cancellationToken) =>
        new((await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Jobs.List());

    private async Task<Answer<JobInfo>> GetAsync(string workspace, string job, CancellationToken cancellationToken) =>
        new((await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Jobs.Get(job).Info);

    private async Task ProgressAsync(HttpContext http, string workspace, string job)
    {
        var found = (await workspaces.GetAsync(workspace, http.RequestAborted).ConfigureAwait(false)).Jobs.Get(job);
        var after = EventStream.LastEventId(http.Request) ?? 0;
        using var stream = EventStream.Begin(http, time);
        await stream.FollowAsync(async cancellationToken =>
        {
            await foreach (var (sequence, message) in stream.WithHeartbeatsAsync(found.ReadAsync(after, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                stream.WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\ndata: {message}\n\n"));
                await stream.FlushWhenFullAsync().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async Task<Answer<JobInfo>> CancelAsync(string workspace, string job, CancellationToken cancellationToken)
    {
        var found = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Jobs.Get(job);
        found.Cancel();
        await found.Running.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(found.Info);
    }
}

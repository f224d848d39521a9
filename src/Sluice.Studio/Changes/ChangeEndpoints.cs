using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Changes;

/// <summary>Tells pages what to read again.</summary>
internal sealed class ChangeEndpoints(WorkspaceTable workspaces, TimeProvider time)
{
    private readonly ConditionalWeakTable<OpenWorkspace, ChangeFeed> _feeds = [];

    public void Map(RouteGroupBuilder workspace) => workspace.MapGet("/changes", ChangesAsync)
        .WithSummary("Which runs, requests and jobs changed, as it happens (text/event-stream). event: ready comes first: read everything then; a reader that was cut off begins anew")
        .Produces<Change>(StatusCodes.Status200OK, "text/event-stream");

    private async Task ChangesAsync(HttpContext http, string workspace)
    {
        var open = await workspaces.GetAsync(workspace, http.RequestAborted).ConfigureAwait(false);
        using var stream = EventStream.Begin(http, time);
        await stream.FollowAsync(async cancellationToken =>
        {
            var changes = _feeds.GetValue(open, workspace => new(workspace, time)).ReadAsync(cancellationToken);
            await foreach (var change in stream.WithHeartbeatsAsync(changes, cancellationToken).ConfigureAwait(false))
            {
                if (change is null) stream.WriteText("event: ready\ndata: {}\n\n");
                else stream.WriteJson(change);
                await stream.FlushWhenFullAsync().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.References;

/// <summary>Values that runs of a workspace stored.</summary>
internal sealed class ReferenceEndpoints(WorkspaceTable workspaces)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/references/{kind}/{id}", GlimpseAsync).WithSummary("A reference with its glimpse");
        workspace.MapGet("/references/{kind}/{id}/value", ValueAsync).WithSummary("The whole value");
    }

    private async Task<Answer<ReferenceEnvelope>> GlimpseAsync(string workspace, string kind, string id, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new(await runtime.ReferenceGlimpseAsync(new() { Kind = kind, Id = id }, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<JsonElement>> ValueAsync(string workspace, string kind, string id, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new(await runtime.ResolveReferenceAsync(new ReferenceHandle { Kind = kind, Id = id }, cancellationToken).ConfigureAwait(false));
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Security;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Status;

/// <summary>What is served here, and which workspaces there are.</summary>
internal sealed class StatusEndpoints(WorkspaceTable workspaces, RequestGuard guard, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly string _instance = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/status", Status).WithSummary("What is served here, and what the page needs to write");
        api.MapGet("/workspaces", List).WithSummary("The workspaces of the app");
        api.MapGet("/workspaces/{workspace}/runtime", RuntimeAsync).WithSummary("The workspace's spec, without secrets");
    }

    private Answer<StudioStatus> Status() => new(new()
    {
        App = workspaces.Name,
        Version = typeof(StatusEndpoints).Assembly.GetName().Version!.ToString(3),
        StartedAt = _startedAt,
        Instance = _instance,
        PageToken = guard.PageToken,
        DefaultWorkspace = workspaces.DefaultKey,
        Workspaces = workspaces.List(),
    });

    private Answer<IReadOnlyList<WorkspaceInfo>> List() => new(workspaces.List());

    private async Task<Answer<RuntimeInfo>> RuntimeAsync(string workspace, CancellationToken cancellationToken)
    {
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        var spec = open.Runtime.Spec;
        return new(new()
        {
            Tenant = spec.Tenant,
            EntryAgent = spec.Agents.FirstOrDefault(agent => agent.Role == AgentRole.Coordinator)?.Name ?? (spec.Agents.Count == 1 ? spec.Agents[0].Name : null),
            Agents = [.. spec.Agents.Select(agent => agent.Name)],
            Plans = [.. spec.Plans.Select(plan => new PlanInfo(plan.Name, plan.Schema))],
            References = [.. spec.References.Select(reference => reference.Name)],
            HasData = open.Data is not null,
        });
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Agents;
using Sluice.Studio.Approvals;
using Sluice.Studio.Changes;
using Sluice.Studio.Data;
using Sluice.Studio.Docs;
using Sluice.Studio.Documents;
using Sluice.Studio.Evals;
using Sluice.Studio.Jobs;
using Sluice.Studio.Page;
using Sluice.Studio.Plans;
using Sluice.Studio.References;
using Sluice.Studio.Runs;
using Sluice.Studio.Security;
using Sluice.Studio.Status;
using Sluice.Studio.TestCases;
using Sluice.Studio.Threads;
using Sluice.Studio.Usage;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Hosting;

/// <summary>Studio put together: the one place that knows all endpoints.</summary>
internal sealed class StudioParts(WorkspaceTable workspaces, DocumentStore documents, StudioOptions options, TimeProvider time)
{
    private readonly RequestGuard _guard = new(options);

    /// <summary>Maps everything. Every request passes the guard before anything reads it.</summary>
    public RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var all = endpoints.MapGroup(prefix);
        ((IEndpointConventionBuilder)all).Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => _guard.HandleAsync(http, next);
        });
        var api = all.MapGroup("/api");
        new StatusEndpoints(workspaces, _guard, time).Map(api);
        var workspace = api.MapGroup("/workspaces/{workspace}");
        new AgentEndpoints(workspaces).Map(workspace);
        new ThreadEndpoints(workspaces, documents, new(documents, time)).Map(workspace);
        new RunEndpoints(workspaces, time).Map(workspace);
        new ApprovalEndpoints(workspaces).Map(workspace);
        new PlanEndpoints(workspaces).Map(workspace);
        new ReferenceEndpoints(workspaces).Map(workspace);
        new DataEndpoints(workspaces).Map(workspace);
        var files = new FileRoot(options.FilesRoot);
        new DataJobEndpoints(workspaces, files).Map(workspace);
        var evals = new EvalDesk(documents, Path.ChangeExtension(Path.GetFullPath(options.StorePath), ".evals"), time);
        new TestEndpoints(workspaces, documents, evals).Map(workspace);
        new EvalEndpoints(workspaces, documents, evals, files).Map(workspace);
        new JobEndpoints(workspaces, time).Map(workspace);
        new ChangeEndpoints(workspaces, time).Map(workspace);
        new UsageEndpoints(workspaces, time).Map(workspace);
        DocsEndpoints.Map(api);
        if (options.ServePage) new PageEndpoints(PageFiles.OfThisBuild).Map(all, prefix);
        return all;
    }
}

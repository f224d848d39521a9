using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Storage;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Plans;

/// <summary>The stored plans of a workspace.</summary>
internal sealed class PlanEndpoints(WorkspaceTable workspaces)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/plans", ListAsync).WithSummary("Plans, newest first");
        workspace.MapGet("/plans/{plan}", GetAsync).WithSummary("A plan with its history");
        workspace.MapGet("/plans/{plan}/versions", VersionsAsync).WithSummary("The versions of a plan, first to last: what each says, and the answer from which it came");
    }

    private async Task<Answer<Page<StoredPlan>>> ListAsync(
        string workspace, Named<PlanStatus>? status, string? run, string? thread, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var filter = new PlanFilter
        {
            Status = status?.Value,
            RunId = run,
            ThreadId = thread,
            After = page.Read(2) is [var at, var id] ? new(PageRequest.ReadTime(at), id) : null,
            Limit = page.Size + 1,
        };
        var plans = await runtime.ListPlansAsync(filter, cancellationToken).ConfigureAwait(false);
        return new(page.Take(plans, last => PageRequest.Write(PageRequest.WriteTime(last.History[0].At), last.PlanId)));
    }

    private async Task<Answer<StoredPlan>> GetAsync(string workspace, string plan, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new(await FindAsync(runtime, plan, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<IReadOnlyList<PlanVersion>>> VersionsAsync(string workspace, string plan, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var found = await FindAsync(runtime, plan, cancellationToken).ConfigureAwait(false);
        return new(await new PlanVersionReader(runtime).ReadAsync(found, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<StoredPlan> FindAsync(AgentRuntime runtime, string plan, CancellationToken cancellationToken) =>
        await runtime.GetPlanAsync(plan, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(ErrorCodes.PlanNotFound, $"There is no plan '{plan}'.");
}

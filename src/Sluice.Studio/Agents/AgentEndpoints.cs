using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Agents;

/// <summary>The agents of a workspace: what they are told, may use and must ask for.</summary>
internal sealed class AgentEndpoints(WorkspaceTable workspaces)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/agents", ListAsync).WithSummary("The agents, in the spec's order");
        workspace.MapGet("/agents/{name}", GetAsync).WithSummary("An agent: prompt, tools, approval rules");
    }

    private async Task<Answer<IReadOnlyList<AgentSummary>>> ListAsync(string workspace, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new([.. runtime.Spec.Agents.Select(agent =>
            new AgentSummary(agent.Name, agent.Role, agent.Model.Id, IsEntry(runtime.Spec, agent), runtime.ListTools(agent.Name).Count, agent.Routes))]);
    }

    private async Task<Answer<AgentDetails>> GetAsync(string workspace, string name, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var tools = runtime.ListTools(name);
        var agent = runtime.Spec.Agents.Single(candidate => candidate.Name == name);
        var own = agent.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        return new(new()
        {
            Name = agent.Name,
            Role = agent.Role,
            IsEntry = IsEntry(runtime.Spec, agent),
            Model = agent.Model,
            Stateful = agent.Stateful,
            MaxTurns = agent.MaxTurns,
            Routes = agent.Routes,
            SystemPrompt = agent.SystemPrompt,
            Plan = agent.Plan?.Name,
            PlanSchema = agent.Plan?.Schema,
            PlanApproval = tools.Any(tool => tool.Name == BuiltInTools.ExecutePlan) ? runtime.ExplainApproval(name, BuiltInTools.ExecutePlan) : null,
            Tools = [.. tools.Select(tool => new AgentTool
            {
                Name = tool.Name,
                Description = tool.Description,
                Effect = tool.Effect,
                IsBuiltIn = !own.Contains(tool.Name),
                InputSchema = tool.InputSchema,
                Approval = runtime.ExplainApproval(name, tool.Name),
            })],
        });
    }

    private static bool IsEntry(RuntimeSpec spec, AgentSpec agent) => agent.Role == AgentRole.Coordinator || spec.Agents.Count == 1;
}

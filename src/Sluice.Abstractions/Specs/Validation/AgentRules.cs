using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class AgentRules
{
    public static void Check(SpecCheck check)
    {
        var agents = check.Spec.Agents;
        if (agents.Count == 0) check.Report(SpecErrorCodes.NoAgents, "agents", "There is no agent. Give at least one.");
        var (firstCoordinator, seenTools) = ((string?)null, new Dictionary<string, ToolSpec>(StringComparer.Ordinal));
        for (var i = 0; i < agents.Count; i++)
        {
            var (agent, path) = (agents[i], $"agents[{i}]");
            CheckName(check, i, path);
            if (agent.Role == AgentRole.Coordinator)
            {
                if (firstCoordinator is not null)
                    check.Report(
                        SpecErrorCodes.SeveralCoordinators, $"{path}.role",
                        $"{Excerpt.Quote(agent.Name)} is a second coordinator beside {Excerpt.Quote(firstCoordinator)}. Keep one, and make the other a specialist.");
                firstCoordinator ??= agent.Name;
            }

            ModelRules.Check(check, agent.Model, $"{path}.model");
            CheckRoutes(check, agent, path);
            ToolkitRules.CheckIds(check, agent.Toolkits, $"{path}.toolkits");
            McpServerRules.CheckNames(check, agent, path);
            CheckLimits(check, agent, path);
            ToolRules.Check(check, agent, path, seenTools);
            ApprovalRules.Check(check, agent, path);
        }
    }

    private static void CheckName(SpecCheck check, int index, string path)
    {
        var name = check.AgentNames[index];
        check.RequireText(name, SpecErrorCodes.BlankName, $"{path}.name", "The agent's name");
        var first = check.AgentNames.Take(index).ToList().IndexOf(name);
        if (first >= 0 && !string.IsNullOrWhiteSpace(name))
            check.Report(SpecErrorCodes.DuplicateAgent, $"{path}.name", $"{Excerpt.Quote(name)} is the name of agents[{first}] already. Rename one of them.");
    }

    private static void CheckRoutes(SpecCheck check, AgentSpec agent, string path)
    {
        if (agent.Role == AgentRole.Coordinator && agent.Routes.Count == 0)
            check.Report(SpecErrorCodes.MissingRoutes, $"{path}.routes", $"The coordinator {Excerpt.Quote(agent.Name)} has no route. Name the agents it may call.");
        for (var i = 0; i < agent.Routes.Count; i++)
        {
            var (route, place) = (agent.Routes[i], $"{path}.routes[{i}]");
            if (route == agent.Name)
                check.Report(SpecErrorCodes.SelfRoute, place, $"{Excerpt.Quote(route)} routes to itself. Remove the route.");
            else if (agent.Routes.Take(i).Contains(route, StringComparer.Ordinal))
                check.Report(SpecErrorCodes.DuplicateRoute, place, $"The route {Excerpt.Quote(route)} stands there twice. Remove one.");
            else
                check.RequireKnown(
                    route, [.. check.AgentNames.Where(name => name != agent.Name)], SpecErrorCodes.UnknownRoute, place, "There is no agent");
        }
    }

    private static void CheckLimits(SpecCheck check, AgentSpec agent, string path)
    {
        if (agent.MaxTurns < 1)
            check.Report(SpecErrorCodes.InvalidMaxTurns, $"{path}.maxTurns", $"{agent.MaxTurns} turns are too few. Give at least 1.");
        if (agent is { Role: AgentRole.Planner or AgentRole.Executor, Plan: null })
            check.Report(
                SpecErrorCodes.MissingPlan, $"{path}.plan",
                $"The {(agent.Role == AgentRole.Planner ? "planner" : "executor")} {Excerpt.Quote(agent.Name)} has no plan. Give it the plan it works on.");
    }
}

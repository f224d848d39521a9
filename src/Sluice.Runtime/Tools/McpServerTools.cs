namespace Sluice.Runtime.Tools;

/// <summary>The tools of the spec's MCP servers. What a server is allowed is decided here, by the spec, whatever its provider says.</summary>
internal sealed class McpServerTools(RuntimeSpec spec, RuntimeOptions options)
{
    private readonly Dictionary<string, IReadOnlyList<ToolSpec>> _made = new(StringComparer.Ordinal);

    /// <summary>The tools of an agent.</summary>
    public IReadOnlyList<ToolSpec> For(AgentSpec agent, ICollection<SpecError> problems)
    {
        var tools = new List<ToolSpec>();
        foreach (var name in agent.McpServers.Distinct(StringComparer.Ordinal))
        {
            if (!_made.TryGetValue(name, out var made))
                _made.Add(name, made = ToolsOf(spec.McpServers.First(server => server.Name == name), problems));
            tools.AddRange(made);
        }

        CheckRules(agent, tools, problems);
        return tools;
    }

    private IReadOnlyList<ToolSpec> ToolsOf(McpServerSpec server, ICollection<SpecError> problems)
    {
        if (options.McpServers.FirstOrDefault(provider => provider.Id == server.Name) is not { } provider)
        {
            problems.Add(new(
                "mcp_server_unavailable", $"mcpServers[{server.Name}]",
                $"The MCP server '{server.Name}' is not connected. Connect the spec's servers with McpServers.ConnectAsync of Sluice.Mcp and give them to RuntimeOptions.McpServers."));
            return [];
        }

        var tools = new Dictionary<string, ToolSpec>(StringComparer.Ordinal);
        foreach (var tool in provider.CreateTools(null, problems))
        {
            if (!IsAllowed(server, tool) || !tools.TryAdd(tool.Name, Govern(server, tool)))
                problems.Add(new(
                    "invalid_toolkit", $"mcpServers[{server.Name}]",
                    $"The provider of the MCP server '{server.Name}' has a tool '{tool.Name}' without a handler, twice, or under a name that is not the server's."));
        }

        return [.. tools.Values];
    }

    private static bool IsAllowed(McpServerSpec server, ToolSpec tool) =>
        tool.Handler is not null && tool.Name.StartsWith(server.Prefix, StringComparison.Ordinal)
        && server.Tools?.Contains(tool.Name[server.Prefix.Length..], StringComparer.Ordinal) != false;

    private static ToolSpec Govern(McpServerSpec server, ToolSpec tool) => tool with
    {
        Approval = server.Approval,
        Effect = server.TrustAnnotations ? tool.Effect : ToolEffect.SideEffect,
        Timeout = server.CallTimeout ?? McpServerSpec.DefaultCallTimeout,
    };

    /// <summary>A rule for a tool that is not there gates nothing, and was meant for one that is.</summary>
    private void CheckRules(AgentSpec agent, List<ToolSpec> tools, ICollection<SpecError> problems)
    {
        Check(agent.ToolApprovalPolicies, $"agents[{agent.Name}].toolApprovalPolicies");
        if (spec.ApprovalOverrides.TryGetValue(agent.Name, out var rules)) Check(rules.ToolApprovals, $"approvalOverrides[{agent.Name}].toolApprovals");

        void Check(IReadOnlyDictionary<string, ApprovalPolicy> named, string path)
        {
            var servers = spec.McpServers.Where(server => agent.McpServers.Contains(server.Name, StringComparer.Ordinal)).ToList();
            foreach (var name in named.Keys.Except(tools.Select(tool => tool.Name), StringComparer.Ordinal))
            {
                if (servers.FirstOrDefault(server => name.StartsWith(server.Prefix, StringComparison.Ordinal)) is not { } server) continue;
                problems.Add(new(
                    SpecErrorCodes.UnknownToolApproval, $"{path}[{name}]",
                    $"The MCP server '{server.Name}' offers no tool '{name}' that can be used. Name one of its tools, or remove the rule."));
            }
        }
    }
}

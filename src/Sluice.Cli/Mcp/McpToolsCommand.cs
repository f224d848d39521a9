using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Mcp;

/// <summary><c>sluice mcp tools</c>: what <c>sluice mcp serve</c> would offer.</summary>
internal sealed class McpToolsCommand : SluiceCommand
{
    private readonly ServedOptions _served = new();

    public McpToolsCommand(Shell shell)
        : base(
            shell, "tools", "Lists the tools that 'mcp serve' would offer, with their effect and whether a call asks first; with schemas as json.",
            "sluice mcp tools --app MyAgents.csproj --agent analyst",
            "sluice mcp tools --toolkit catalog --database chinook.db --output json")
    {
        foreach (var option in _served.All) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (agents, agent) = await _served.OpenAsync(invocation, cancellationToken);
        await using (agents)
        {
            RecordOutput.WriteList(
                invocation, ServedTool.Of(agents.Runtime, agent), ["tool", "effect", "asks", "by rule", "does"],
                tool => [tool.Name, WireName.Of(tool.Effect), WireName.Of(tool.Approval), tool.Rule, tool.Description]);
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Run;

namespace Sluice.Cli.Mcp;

/// <summary>The options that say whose tools are served: an agent's, or built-in toolkits without an agent.</summary>
internal sealed class ServedOptions
{
    private static readonly string[] Toolkits = [BuiltInTools.CatalogToolkit, BuiltInTools.ReferencesToolkit];

    private readonly DataSourceOptions _data = new();
    private readonly AgentOptions _agents;
    private readonly Option<string?> _agent = new("--agent") { Description = "The agent whose tools are meant. Default: the only one.", HelpName = "NAME" };
    private readonly Option<string[]> _toolkits = new("--toolkit")
    {
        Description = "Without agents: a built-in toolkit. Repeatable.",
        HelpName = string.Join('|', Toolkits),
    };

    public ServedOptions()
    {
        // A client has a model of its own: nobody is asked here.
        _agents = new(_data) { FixedInterpreter = Interpreter.Noop };
        _toolkits.AcceptOnlyFromAmong(StringComparer.Ordinal, Toolkits);
    }

    public IEnumerable<Option> All => [.. _agents.All, _agent, _toolkits, .. _data.All];

    /// <summary>Opens what has the tools, and finds out which agent is meant.</summary>
    /// <exception cref="WrongUseException">The options name nothing, two things, or no agent that there is.</exception>
    /// <exception cref="SpecValidationException">The spec is invalid, or lacks what only code can give.</exception>
    /// <exception cref="SluiceException">The app or the data cannot be opened.</exception>
    public async Task<(OpenAgents Agents, string Agent)> OpenAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_toolkits) is { Length: > 0 } toolkits) return (await OpenToolkitsAsync(invocation, [.. toolkits.Distinct()], cancellationToken), McpServing.Agent);
        if (!_agents.AreGiven(invocation)) throw new WrongUseException("Whose tools? Neither --app nor --spec nor --toolkit is given.", invocation.Help);
        var agent = invocation.Get(_agent);
        var agents = await _agents.OpenAsync(invocation, agent, MemoryStorage.Create, cancellationToken);
        try
        {
            return (agents, agent ?? ChooseOnly(agents.Runtime.Spec));
        }
        catch
        {
            await agents.DisposeAsync();
            throw;
        }
    }

    private async Task<OpenAgents> OpenToolkitsAsync(Invocation invocation, string[] toolkits, CancellationToken cancellationToken)
    {
        if (_agents.AreGiven(invocation) || invocation.Get(_agent) is not null)
            throw new WrongUseException("--toolkit is for tools without agents, and --app, --spec and --agent name some.", "keep one of the two");
        if (!toolkits.Contains(BuiltInTools.CatalogToolkit))
        {
            if (_data.AreGiven(invocation)) throw new WrongUseException("The options about data are for the toolkit 'catalog'.", "add --toolkit catalog");
            return new(McpServing.CreateRuntime(toolkits: toolkits, tenant: invocation.TenantId ?? GlobalOptions.DefaultTenant)) { Arguments = [] };
        }

        var data = await _data.OpenAsync(invocation, cancellationToken);
        try
        {
            return new(McpServing.CreateRuntime(toolkits: toolkits, tenant: data.Scope.TenantId, dataEnvironment: data.Environment), data) { Arguments = [] };
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    private static string ChooseOnly(RuntimeSpec spec) => spec.Agents is [var only] ? only.Name : throw new WrongUseException(
        $"Which agent's tools? The agents are: {string.Join(", ", spec.Agents.Select(agent => agent.Name))}.", "add --agent with one of them");
}

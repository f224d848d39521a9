using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Cli.Run;

/// <summary>The options that say where agents are: in an app or in a spec.</summary>
internal sealed class AgentPlace
{
    private readonly AppOption _app = new();

    private readonly Option<string?> _spec = new("--spec") { Description = "Without an app: a spec in JSON, whose agents have built-in toolkits.", HelpName = "FILE" };

    public IEnumerable<Option> All => [_app, _spec];

    /// <summary>Where the app is; null: a spec is meant, or nothing.</summary>
    /// <exception cref="WrongUseException">Both are given.</exception>
    public string? App(Invocation invocation) => invocation.Get(_app) is { } app && invocation.Get(_spec) is not null
        ? throw new WrongUseException($"--app {app} and --spec name the agents twice.", "keep one of the two")
        : invocation.Get(_app);

    /// <summary>The file of the spec; null: none is named.</summary>
    public string? Spec(Invocation invocation) => invocation.Get(_spec);

    /// <summary>The file of the spec.</summary>
    /// <exception cref="WrongUseException">None is named.</exception>
    public string RequireSpec(Invocation invocation) => Spec(invocation) ?? throw new WrongUseException("Which agents? Neither --app nor --spec is given.", invocation.Help);

    /// <summary>Runs belong to the tenant of their agents.</summary>
    /// <exception cref="WrongUseException">The command line names another one.</exception>
    public static void CheckTenant(Invocation invocation, RuntimeSpec spec)
    {
        if (invocation.TenantId is { } given && given != spec.Tenant.ResourceId)
            throw new WrongUseException($"--tenant-id is '{given}', and the agents are of tenant '{spec.Tenant.ResourceId}'.", "leave --tenant-id out");
    }

    /// <summary>The agent that is asked is one of the spec's.</summary>
    /// <exception cref="WrongUseException">It is not.</exception>
    public static void CheckAgent(string? given, RuntimeSpec spec)
    {
        string[] names = [.. spec.Agents.Select(agent => agent.Name)];
        if (given is not null && !names.Contains(given))
            throw new WrongUseException($"There is no agent '{given}'{NearestName.Suggest(given, names, "the agents are")}", "--agent names one of them");
    }
}

using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>The client of the provider that serves the agent's model.</summary>
internal sealed class LiveInterpreter : Interpreter
{
    internal override IChatClient? FindClient(
        AgentSpec agent, RuntimeSpec spec, RuntimeOptions options, ICollection<SpecError> problems)
    {
        var path = $"agents[{agent.Name}].model";
        var name = agent.Model.Provider ?? (spec.Providers.Count == 1 ? spec.Providers.Keys.First() : null);
        if (name is null || !spec.Providers.TryGetValue(name, out var provider))
        {
            problems.Add(new(
                "no_provider", path, $"No provider serves model '{agent.Model.Id}'. Name one of the spec's providers in the model."));
            return null;
        }

        if (provider.Kind != "custom")
        {
            problems.Add(new(
                ErrorCodes.NotAvailable, $"providers[{name}].kind",
                $"Providers of kind '{provider.Kind}' are not part of this build. Use kind 'custom' with a client in RuntimeOptions.ChatClients."));
            return null;
        }

        if (options.ChatClients.TryGetValue(name, out var client)) return client;
        problems.Add(new("no_chat_client", $"providers[{name}]", $"RuntimeOptions.ChatClients has no client for provider '{name}'."));
        return null;
    }

    public override string ToString() => "live";
}

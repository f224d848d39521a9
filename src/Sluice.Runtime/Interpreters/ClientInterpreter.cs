using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>One client for every agent.</summary>
internal sealed class ClientInterpreter(string name, IChatClient client) : Interpreter
{
    internal override string ProviderName => name == "client" ? "custom" : name;

    internal override IChatClient? FindClient(
        AgentSpec agent, RuntimeSpec spec, RuntimeOptions options, ICollection<SpecError> problems) => client;

    public override string ToString() => name;
}

using Sluice.Runtime.History;

namespace Sluice.Runtime.Runs;

/// <summary>What stateful agents remember in a run, by agent: earlier runs of the thread, and their frames in this run that have ended.</summary>
internal sealed class Conversations
{
    private Dictionary<string, AgentHistory>? _byAgent;
    private HashSet<string>? _restored;

    /// <summary>Whether what an agent said before the run was taken up is still to be brought back; once for each agent.</summary>
    public bool BeginRestore(string agent) => (_restored ??= new(StringComparer.Ordinal)).Add(agent);

    /// <summary>What an agent remembers; null when it has not been read yet.</summary>
    public AgentHistory? Find(string agent) => _byAgent?.GetValueOrDefault(agent);

    public void Set(string agent, AgentHistory history) => (_byAgent ??= new(StringComparer.Ordinal))[agent] = history;
}

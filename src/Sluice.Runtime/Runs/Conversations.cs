using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Runs;

/// <summary>What stateful agents said and did earlier in this run, by agent.</summary>
internal sealed class Conversations
{
    private Dictionary<string, List<ChatMessage>>? _byAgent;
    private HashSet<string>? _restored;

    /// <summary>Whether what an agent said before the run was taken up is still to be brought back; once for each agent.</summary>
    public bool BeginRestore(string agent) => (_restored ??= new(StringComparer.Ordinal)).Add(agent);

    public IReadOnlyList<ChatMessage> Of(string agent) => _byAgent?.GetValueOrDefault(agent) ?? [];

    public void Add(string agent, IEnumerable<ChatMessage> messages)
    {
        _byAgent ??= new(StringComparer.Ordinal);
        if (!_byAgent.TryGetValue(agent, out var list)) _byAgent[agent] = list = [];
        list.AddRange(messages);
    }
}

using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Runs;

/// <summary>What stateful agents said and did earlier in this run, by agent.</summary>
internal sealed class Conversations
{
    private Dictionary<string, List<ChatMessage>>? _byAgent;

    public IReadOnlyList<ChatMessage> Of(string agent) => _byAgent?.GetValueOrDefault(agent) ?? [];

    public void Add(string agent, IEnumerable<ChatMessage> messages)
    {
        _byAgent ??= new(StringComparer.Ordinal);
        if (!_byAgent.TryGetValue(agent, out var list)) _byAgent[agent] = list = [];
        list.AddRange(messages);
    }
}

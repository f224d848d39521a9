using System.Text;

namespace Sluice.Cli.Run;

/// <summary>What agents say that others have called. It comes in pieces, of several agents at a time, and is shown in lines.</summary>
internal sealed class OtherAgents
{
    private readonly Dictionary<string, (string Agent, StringBuilder Text)> _saying = new(StringComparer.Ordinal);

    /// <summary>Hears a piece.</summary>
    /// <param name="call">The call that the agent answers.</param>
    /// <param name="agent">Who speaks.</param>
    /// <param name="text">The piece.</param>
    public void Hear(string call, string agent, string text)
    {
        if (!_saying.TryGetValue(call, out var said)) _saying.Add(call, said = (agent, new()));
        said.Text.Append(text);
    }

    /// <summary>Takes what was said up to now, a text for each agent, with its name before it.</summary>
    public IReadOnlyList<string> Take()
    {
        string[] texts = [.. _saying.Values.Select(said => $"{said.Agent}: {said.Text.ToString().TrimEnd()}")];
        _saying.Clear();
        return texts;
    }
}

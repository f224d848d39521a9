using System.Text;

namespace Sluice.Runtime.Composition;

/// <summary>The author's prompt, followed by what the agent can reach, in an order that never changes.</summary>
internal static class SystemPrompt
{
    public static string Render(AgentSpec agent, RuntimeSpec spec, IEnumerable<CompiledTool> tools)
    {
        var prompt = new StringBuilder(agent.SystemPrompt.TrimEnd());
        Section(prompt, "Agents", agent.Routes.Order(StringComparer.Ordinal)
            .Select(route => $"- {route} ({spec.Agents.First(other => other.Name == route).Role.ToString().ToLowerInvariant()})"));
        Section(prompt, "Tools", tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)
            // Only a line of its own could pass for another section, and some descriptions are written by others.
            .Select(tool => $"- {tool.Name}: {tool.Spec.Description.ReplaceLineEndings("\n  ")}"));
        return prompt.ToString();
    }

    private static void Section(StringBuilder prompt, string title, IEnumerable<string> lines)
    {
        var written = false;
        foreach (var line in lines)
        {
            if (!written) prompt.Append("\n\n## ").Append(title);
            prompt.Append('\n').Append(line);
            written = true;
        }
    }
}

namespace Sluice.Studio.Agents;

/// <summary>An agent in a list.</summary>
internal sealed record AgentSummary(string Name, AgentRole Role, string Model, bool IsEntry, int ToolCount, IReadOnlyList<string> Routes);

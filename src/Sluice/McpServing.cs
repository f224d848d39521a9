namespace Sluice;

/// <summary>Runtimes that are there for serving tools alone, without a model.</summary>
public static class McpServing
{
    // A server is there for weeks, and its calls are nobody's history.
    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    /// <summary>The agent that has the tools.</summary>
    public const string Agent = "mcp";

    /// <summary>Makes a runtime whose one agent has these tools. Calls are recorded in memory, and kept for an hour at most.</summary>
    /// <param name="tools">The tools; null: none.</param>
    /// <param name="toolkits">Ids of built-in toolkits (see <see cref="BuiltInTools.ToolkitIds"/>); null: none.</param>
    /// <param name="tenant">The tenant's resource id. With a data environment: the tenant that it is of.</param>
    /// <param name="dataEnvironment">Where the data toolkits work; null: nowhere, and there are none. It stays open.</param>
    /// <exception cref="SpecValidationException">A tool or toolkit cannot be served. All problems are reported together.</exception>
    public static SluiceRuntime CreateRuntime(
        IReadOnlyList<ToolSpec>? tools = null, IReadOnlyList<string>? toolkits = null, string tenant = "sluice-mcp",
        IToolkitProvider? dataEnvironment = null) => SluiceRuntime.Create(
            Define.Runtime(Define.Tenant(tenant, "v1"), [Define.Specialist(Agent, "no-model", "Tools for MCP clients.", tools: tools ?? [], toolkits: toolkits ?? [])]),
            new() { DataEnvironment = dataEnvironment, Retention = Retention });
}

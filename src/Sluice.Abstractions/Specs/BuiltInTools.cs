namespace Sluice;

/// <summary>Names of the tools and toolkits that the runtime provides. They are reserved.</summary>
public static class BuiltInTools
{
    /// <summary>Hands work to another agent and returns its final text.</summary>
    public const string CallAgent = "call_agent";

    /// <summary>Validates and stores a plan as a draft.</summary>
    public const string StorePlan = "store_plan";

    /// <summary>Reads a stored plan.</summary>
    public const string GetPlan = "get_plan";

    /// <summary>Executes a stored plan after approval.</summary>
    public const string ExecutePlan = "execute_plan";

    /// <summary>Reads a stored reference value, or a page of it.</summary>
    public const string ResolveRef = "resolve_ref";

    /// <summary>Reads the glimpse of a stored reference.</summary>
    public const string GlimpseRef = "glimpse_ref";

    /// <summary>The toolkit that holds <see cref="CallAgent"/>.</summary>
    public const string AgentsToolkit = "agents";

    /// <summary>The toolkit that holds <see cref="GetPlan"/>, and for planners and executors their plan tools.</summary>
    public const string PlansToolkit = "plans";

    /// <summary>The toolkit that holds <see cref="ResolveRef"/> and <see cref="GlimpseRef"/>.</summary>
    public const string ReferencesToolkit = "references";

    /// <summary>The toolkit of data tools.</summary>
    public const string CatalogToolkit = "catalog";

    /// <summary>The tools of each toolkit, including toolkits that live in other packages. What an agent gets of it depends on its role: see <see cref="Of"/>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Toolkits { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [AgentsToolkit] = [CallAgent],
        [PlansToolkit] = [StorePlan, GetPlan, ExecutePlan],
        [ReferencesToolkit] = [ResolveRef, GlimpseRef],
        [CatalogToolkit] =
        [
            "search_catalog", "get_catalog_entities", "list_schema_fields", "get_catalog_relations",
            "get_relation_paths_between", "sample_table_data", "execute_query", "get_document",
        ],
    };

    /// <summary>Every reserved tool name.</summary>
    public static IReadOnlySet<string> ToolNames { get; } = Toolkits.Values.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every toolkit id.</summary>
    public static IReadOnlyList<string> ToolkitIds { get; } = [AgentsToolkit, PlansToolkit, ReferencesToolkit, CatalogToolkit];

    /// <summary>The built-in tools of an agent: those of its role, then those that toolkits add.</summary>
    /// <param name="role">The agent's role.</param>
    /// <param name="toolkits">The ids of its toolkits; unknown ones add nothing.</param>
    public static IReadOnlyList<string> Of(AgentRole role, IEnumerable<string> toolkits)
    {
        ArgumentNullException.ThrowIfNull(toolkits);
        IReadOnlyList<string> ofRole = role switch
        {
            AgentRole.Coordinator => [CallAgent],
            AgentRole.Planner => [StorePlan, GetPlan],
            AgentRole.Executor => [GetPlan, ExecutePlan, ResolveRef, GlimpseRef],
            _ => [],
        };
        return [.. ofRole.Union(toolkits.SelectMany(id => ToolsOf(id, role)), StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> ToolsOf(string toolkit, AgentRole role) => (toolkit, role) switch
    {
        (PlansToolkit, AgentRole.Planner) => [StorePlan, GetPlan],
        (PlansToolkit, AgentRole.Executor) => [GetPlan, ExecutePlan],
        (PlansToolkit, _) => [GetPlan],
        _ => Toolkits.GetValueOrDefault(toolkit, []),
    };
}

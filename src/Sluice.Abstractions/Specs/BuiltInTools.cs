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

    /// <summary>Every reserved tool name, including those of toolkits that live in other packages.</summary>
    public static IReadOnlySet<string> ToolNames { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        CallAgent, StorePlan, GetPlan, ExecutePlan, ResolveRef, GlimpseRef,
        "search_catalog", "get_catalog_entities", "list_schema_fields", "get_catalog_relations",
        "get_relation_paths_between", "sample_table_data", "execute_query", "get_document",
    };

    /// <summary>Every toolkit id.</summary>
    public static IReadOnlyList<string> ToolkitIds { get; } = [AgentsToolkit, PlansToolkit, ReferencesToolkit, CatalogToolkit];
}

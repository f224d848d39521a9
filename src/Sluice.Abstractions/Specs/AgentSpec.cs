namespace Sluice;

/// <summary>A configured agent: its role, model, prompt, tools and rules. A value; nothing runs until a runtime is created.</summary>
public sealed record AgentSpec
{
    /// <summary>The turns an agent may take when nothing is said.</summary>
    public const int DefaultMaxTurns = 25;

    private readonly bool? _stateful;

    /// <summary>The agent's name, unique in its runtime. Non-blank.</summary>
    public required string Name { get; init; }

    /// <summary>The agent's role.</summary>
    public required AgentRole Role { get; init; }

    /// <summary>Whether the agent remembers earlier frames on its thread. Default: true for coordinators and planners, false for others.</summary>
    public bool Stateful
    {
        get => _stateful ?? Role is AgentRole.Coordinator or AgentRole.Planner;
        init => _stateful = value;
    }

    /// <summary>The model that answers for the agent.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The author's system prompt. The runtime adds a description of the agent's tools after it.</summary>
    public required string SystemPrompt { get; init; }

    /// <summary>Names of the agents that this one may hand work to. Default: none.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Ids of built-in toolkits to add (see <see cref="BuiltInTools"/>). Default: none.</summary>
    public IReadOnlyList<string> Toolkits { get; init; } = [];

    /// <summary>Names of the runtime's MCP servers whose tools the model may call, each under its server's prefix. Default: none.</summary>
    public IReadOnlyList<string> McpServers { get; init; } = [];

    /// <summary>The most model turns in one frame, at least 1. Default: <see cref="DefaultMaxTurns"/>.</summary>
    public int MaxTurns { get; init; } = DefaultMaxTurns;

    /// <summary>The plan that a planner stores and an executor executes.</summary>
    public PlanSpec? Plan { get; init; }

    /// <summary>The application's tools the model may call. Default: none.</summary>
    public IReadOnlyList<ToolSpec> Tools { get; init; } = [];

    /// <summary>The agent's own approval rules per channel; null: none of its own.</summary>
    public ApprovalPatch? ApprovalPolicies { get; init; }

    /// <summary>Approval rules by tool name, the most specific of all. Default: none.</summary>
    public IReadOnlyDictionary<string, ApprovalPolicy> ToolApprovalPolicies { get; init; } = new Dictionary<string, ApprovalPolicy>();

    /// <summary>The key under which a provider may cache the prompt; null: the SHA-256 of the rendered prompt.</summary>
    public string? PromptCacheKey { get; init; }
}

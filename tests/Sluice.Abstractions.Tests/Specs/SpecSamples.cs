using System.Text.Json;

namespace Sluice.Tests.Specs;

/// <summary>A valid spec with one of everything, to be changed by tests.</summary>
internal static class SpecSamples
{
    public static JsonElement ObjectSchema { get; } = JsonElement.Parse("""{"type":"object","properties":{"q":{"type":"string"}}}""");

    public static JsonElement PlanSchema { get; } =
        JsonElement.Parse("""{"type":"object","properties":{"actions":{"type":"array","items":{"type":"object"}}},"required":["actions"]}""");

    public static ToolSpec Search { get; } = new()
    {
        Name = "search",
        Description = "Finds things. Größe ≤ 5 → \"quoted\"",
        InputSchema = ObjectSchema,
        Effect = ToolEffect.ReadOnly,
        Approval = Approval.Dynamic("big_search"),
        Timeout = TimeSpan.FromMilliseconds(1500.25),
        MaxResultBytes = 4096,
        LargeResult = LargeResultHandling.Truncate,
        Reference = "Rows",
    };

    public static PlanSpec Plan { get; } = new()
    {
        Name = "Plan",
        Schema = PlanSchema,
        DisplayAliases = new Dictionary<string, string> { ["draft"] = "Entwurf", ["pending_approval"] = "Wartet" },
        CompensateOnFailure = true,
    };

    public static AgentSpec Coordinator { get; } = Agent("coordinator", AgentRole.Coordinator) with { Routes = ["planner", "executor"], ApprovalPolicies = new() { Plans = Approval.Always } };

    public static AgentSpec Planner { get; } = Agent("planner", AgentRole.Planner) with { Plan = Plan, Tools = [Search], Toolkits = ["catalog"], McpServers = ["files", "web"], PromptCacheKey = "k" };

    public static AgentSpec Executor { get; } = Agent("executor", AgentRole.Executor) with
    {
        Plan = Plan,
        Tools = [Search],
        MaxTurns = 3,
        Stateful = true,
        Model = new() { Id = "m", Provider = "main", Fallbacks = [new() { Id = "n" }, new() { Id = "o", Provider = "main" }], Reasoning = Microsoft.Extensions.AI.ReasoningEffort.ExtraHigh, MaxOutputTokens = 4096 },
        ToolApprovalPolicies = new Dictionary<string, ApprovalPolicy>
        {
            ["execute_query"] = Approval.Always with { Approvers = ["ana", "bo"], Quorum = 2, ExpiresAfter = TimeSpan.FromDays(1) },
            ["search"] = Approval.Never,
        },
    };

    public static ReferenceSpec Rows { get; } = new() { Name = "Rows", Schema = JsonElement.Parse("true"), Ttl = TimeSpan.FromHours(1) };

    public static ProviderSpec Provider { get; } = new()
    {
        Kind = "anthropic",
        ApiKeyEnv = "KEY",
        BaseUrl = "https://example.com/v1",
        Headers = new Dictionary<string, string> { ["X-Team"] = "data" },
        MaxConcurrency = 4,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public static McpServerSpec Files { get; } = new()
    {
        Name = "files",
        Command = "files-server",
        Arguments = ["--root", "/srv"],
        EnvironmentVariables = ["FILES_KEY"],
        WorkingDirectory = "/srv",
        Tools = ["read"],
        Approval = Approval.Always,
        TrustAnnotations = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        CallTimeout = TimeSpan.FromMilliseconds(1500.25),
    };

    public static McpServerSpec Web { get; } = new()
    {
        Name = "web",
        Url = "https://example.com/mcp",
        BearerTokenEnv = "WEB_TOKEN",
        HeadersEnv = new Dictionary<string, string> { ["X-Team"] = "TEAM" },
        Prefix = "w-",
    };

    public static RuntimeSpec Full { get; } = new()
    {
        Tenant = new() { ResourceId = "acme", Version = "v1" },
        Agents = [Coordinator, Planner, Executor],
        References = [Rows],
        Toolkits = [new() { Id = "catalog", Tools = ["execute_query"], Config = JsonElement.Parse("""{"limit":1.50}""") }, new() { Id = "plans", Tools = [] }],
        McpServers = [Files, Web],
        ApprovalPolicies = new() { Plans = Approval.Always, Tools = Approval.Default, Locked = true },
        ApprovalOverrides = new Dictionary<string, ApprovalOverride>
        {
            ["executor"] = new() { Tools = Approval.Always, ToolApprovals = new Dictionary<string, ApprovalPolicy> { ["execute_plan"] = Approval.Dynamic("p") } },
        },
        StorageFactories = new Dictionary<string, StorageFactorySpec> { ["kv"] = new() { Kind = "redis", Config = JsonElement.Parse("""{"url":"redis://x"}""") } },
        Providers = new Dictionary<string, ProviderSpec> { ["main"] = Provider },
    };

    public static AgentSpec Agent(string name, AgentRole role) => new() { Name = name, Role = role, Model = "m", SystemPrompt = $"You are {name}." };

    /// <summary>The full spec with one agent in the place of the planner.</summary>
    public static RuntimeSpec WithPlanner(Func<AgentSpec, AgentSpec> change) => Full with { Agents = [Coordinator, change(Planner), Executor] };

    public static RuntimeSpec WithCoordinator(Func<AgentSpec, AgentSpec> change) => Full with { Agents = [change(Coordinator), Planner, Executor] };

    /// <summary>The full spec with a changed tool on both agents that have it.</summary>
    public static RuntimeSpec WithTool(Func<ToolSpec, ToolSpec> change)
    {
        var tool = change(Search);
        var executor = Executor with { Tools = [tool], ToolApprovalPolicies = new Dictionary<string, ApprovalPolicy>() };
        return Full with { Agents = [Coordinator, Planner with { Tools = [tool] }, executor] };
    }

    public static RuntimeSpec WithProvider(Func<ProviderSpec, ProviderSpec> change) =>
        Full with { Providers = new Dictionary<string, ProviderSpec> { ["main"] = change(Provider) } };

    /// <summary>The full spec with a changed first server.</summary>
    public static RuntimeSpec WithServer(Func<McpServerSpec, McpServerSpec> change) => Full with { McpServers = [change(Files), Web] };

    public static RuntimeSpec WithPlan(Func<PlanSpec, PlanSpec> change)
    {
        var plan = change(Plan);
        return Full with { Agents = [Coordinator, Planner with { Plan = plan }, Executor with { Plan = plan }] };
    }
}

using System.Text.Json;
using static Sluice.Tests.Specs.SpecSamples;

namespace Sluice.Tests.Specs;

/// <summary>One broken spec per rule: the only error it has, where, and a part of the message.</summary>
internal static class SpecRuleCases
{
    public static IReadOnlyList<(string Code, string Path, string Message, RuntimeSpec Spec)> All { get; } =
    [
        (SpecErrorCodes.BlankTenant, "tenant.resourceId", "is blank", Full with { Tenant = new() { ResourceId = " ", Version = "v1" } }),
        (SpecErrorCodes.BlankTenant, "tenant.version", "is blank", Full with { Tenant = new() { ResourceId = "a", Version = "" } }),
        (SpecErrorCodes.NoAgents, "agents", "at least one", new() { Tenant = Full.Tenant, Agents = [] }),
        (SpecErrorCodes.BlankName, "agents[3].name", "is blank", Full with { Agents = [.. Full.Agents, Agent("", AgentRole.Specialist)] }),
        (SpecErrorCodes.DuplicateAgent, "agents[3].name", "agents[1] already", Full with { Agents = [.. Full.Agents, Agent("planner", AgentRole.Specialist)] }),
        (SpecErrorCodes.SeveralCoordinators, "agents[3].role", "\"coordinator\"", Full with { Agents = [.. Full.Agents, Agent("second", AgentRole.Coordinator) with { Routes = ["planner"] }] }),
        (SpecErrorCodes.BlankModelId, "agents[1].model.id", "is blank", WithPlanner(agent => agent with { Model = "" })),
        (SpecErrorCodes.InvalidModelOption, "agents[1].model.maxOutputTokens", "at least 1", WithPlanner(agent => agent with { Model = new() { Id = "m", MaxOutputTokens = 0 } })),
        (SpecErrorCodes.InvalidModelOption, "agents[1].model.fallbacks[0].reasoning", "Use one of: None, Low, Medium, High, ExtraHigh", WithPlanner(agent =>
            agent with { Model = new() { Id = "m", Fallbacks = [new() { Id = "n", Reasoning = (Microsoft.Extensions.AI.ReasoningEffort)9 }] } })),
        (SpecErrorCodes.BlankModelId, "agents[1].model.fallbacks[0].id", "is blank", WithPlanner(agent => agent with { Model = new() { Id = "m", Fallbacks = [" "] } })),
        (SpecErrorCodes.UnknownProvider, "agents[1].model.provider", "did you mean \"main\"", WithPlanner(agent => agent with { Model = new() { Id = "m", Provider = "mian" } })),
        (SpecErrorCodes.MissingRoutes, "agents[0].routes", "no route", WithCoordinator(agent => agent with { Routes = [] })),
        (SpecErrorCodes.UnknownRoute, "agents[0].routes[0]", "did you mean \"planner\"", WithCoordinator(agent => agent with { Routes = ["planer", "executor"] })),
        (SpecErrorCodes.SelfRoute, "agents[0].routes[1]", "routes to itself", WithCoordinator(agent => agent with { Routes = ["planner", "coordinator"] })),
        (SpecErrorCodes.DuplicateRoute, "agents[0].routes[1]", "twice", WithCoordinator(agent => agent with { Routes = ["planner", "planner"] })),
        (SpecErrorCodes.MissingPlan, "agents[1].plan", "planner", WithPlanner(agent => agent with { Plan = null })),
        (SpecErrorCodes.InvalidMaxTurns, "agents[1].maxTurns", "at least 1", WithPlanner(agent => agent with { MaxTurns = 0 })),
        (SpecErrorCodes.UnknownToolkit, "agents[1].toolkits[0]", "did you mean \"catalog\"", WithPlanner(agent => agent with { Toolkits = ["catalogue"] })),
        (SpecErrorCodes.UnknownToolkit, "toolkits[0].id", "known here: \"agents\", \"plans\", \"references\", \"catalog\"", Full with { Toolkits = [new() { Id = "browser" }] }),
        (SpecErrorCodes.DuplicateToolkit, "toolkits[1].id", "twice", Full with { Toolkits = [new() { Id = "plans" }, new() { Id = "plans" }] }),
        (SpecErrorCodes.UnknownToolkitTool, "toolkits[0].tools[0]", "did you mean \"execute_query\"", Full with { Toolkits = [new() { Id = "catalog", Tools = ["execute_querry"] }] }),
        (SpecErrorCodes.InvalidConfig, "toolkits[0].config", "an array", Full with { Toolkits = [new() { Id = "plans", Config = JsonElement.Parse("[]") }] }),
        (SpecErrorCodes.InvalidToolName, "agents[1].tools[0].name", "1 to 64 letters", WithTool(tool => tool with { Name = "seärch" })),
        (SpecErrorCodes.InvalidToolName, "agents[1].tools[0].name", "can't name a tool", WithTool(tool => tool with { Name = "search\n" })),
        (SpecErrorCodes.ReservedToolName, "agents[1].tools[0].name", "tool of the runtime", WithTool(tool => tool with { Name = "execute_query" })),
        (SpecErrorCodes.DuplicateTool, "agents[1].tools[1].name", "Attach the same value", WithPlanner(agent => agent with { Tools = [Search, Search with { Description = "Other." }] })),
        (SpecErrorCodes.BlankDescription, "agents[1].tools[0].description", "\"search\" is blank", WithTool(tool => tool with { Description = "" })),
        (SpecErrorCodes.InvalidSchema, "agents[1].tools[0].inputSchema", "\"type\": \"object\"", WithTool(tool => tool with { InputSchema = JsonElement.Parse("true") })),
        (SpecErrorCodes.InvalidSchema, "agents[1].tools[0].inputSchema", "no schema", WithTool(tool => tool with { InputSchema = default })),
        (SpecErrorCodes.InvalidTimeout, "agents[1].tools[0].timeoutMs", "0 ms", WithTool(tool => tool with { Timeout = TimeSpan.Zero })),
        (SpecErrorCodes.InvalidMaxResultBytes, "agents[1].tools[0].maxResultBytes", "at least 256", WithTool(tool => tool with { MaxResultBytes = 255 })),
        (SpecErrorCodes.UnknownReferenceKind, "agents[1].tools[0].reference", "did you mean \"Rows\"", WithTool(tool => tool with { Reference = "Row" })),
        (SpecErrorCodes.InvalidQuorum, "agents[1].tools[0].approval.quorum", "at least 1", WithTool(tool => tool with { Approval = Approval.Always with { Quorum = 0 } })),
        (SpecErrorCodes.UnreachableQuorum, "agents[1].tools[0].approval.quorum", "can't be reached by 1", WithTool(tool => tool with { Approval = Approval.Always with { Quorum = 2, Approvers = ["ana", "ana"] } })),
        (SpecErrorCodes.BlankApprover, "agents[1].tools[0].approval.approvers[1]", "is blank", WithTool(tool => tool with { Approval = Approval.Always with { Approvers = ["ana", ""] } })),
        (SpecErrorCodes.InvalidExpiry, "agents[1].tools[0].approval.expiresAfterMs", "positive", WithTool(tool => tool with { Approval = Approval.Always with { ExpiresAfter = TimeSpan.FromTicks(-1) } })),
        (SpecErrorCodes.BlankPredicateId, "agents[1].tools[0].approval.predicateId", "is blank", WithTool(tool => tool with { Approval = Approval.Dynamic("") })),
        (SpecErrorCodes.UnknownToolApproval, "agents[1].toolApprovalPolicies[serch]", "did you mean \"search\"", WithPlanner(agent => agent with { ToolApprovalPolicies = new Dictionary<string, ApprovalPolicy> { ["serch"] = Approval.Always } })),
        (SpecErrorCodes.MisplacedLock, "agents[1].approvalPolicies.locked", "floor", WithPlanner(agent => agent with { ApprovalPolicies = new() { Locked = true } })),
        (SpecErrorCodes.MisplacedLock, "agents[0].approvalPolicies.locked", "floor", WithCoordinator(agent => agent with { ApprovalPolicies = new() { Locked = true } })),
        (SpecErrorCodes.DynamicPlanPolicy, "approvalPolicies.plans", "always or never", Full with { ApprovalPolicies = new() { Plans = Approval.Dynamic("x") } }),
        (SpecErrorCodes.DynamicPlanPolicy, "agents[1].approvalPolicies.plans", "always or never", WithPlanner(agent => agent with { ApprovalPolicies = new() { Plans = Approval.Dynamic("x") } })),
        (SpecErrorCodes.UnknownOverrideAgent, "approvalOverrides[executer]", "did you mean \"executor\"", Full with { ApprovalOverrides = new Dictionary<string, ApprovalOverride> { ["executer"] = new() } }),
        (SpecErrorCodes.UnknownOverrideTool, "approvalOverrides[planner].toolApprovals[execute_plan]", "has no tool", Override("planner", "execute_plan")),
        (SpecErrorCodes.BlankName, "references[1].name", "is blank", Full with { References = [Rows, Rows with { Name = "" }] }),
        (SpecErrorCodes.DuplicateReference, "references[1].name", "Attach the same value", Full with { References = [Rows, Rows with { Ttl = null }] }),
        (SpecErrorCodes.ReservedReferenceKind, "references[1].name", "of the runtime", Full with { References = [Rows, Rows with { Name = "ToolResult" }] }),
        (SpecErrorCodes.InvalidTtl, "references[0].ttlMs", "positive", Full with { References = [Rows with { Ttl = TimeSpan.Zero }] }),
        (SpecErrorCodes.InvalidSchema, "references[0].schema#/properties/a/type", "", Full with { References = [Rows with { Schema = JsonElement.Parse("""{"properties":{"a":{"type":"text"}}}""") }] }),
        (SpecErrorCodes.BlankName, "plans[0].name", "is blank", WithPlan(plan => plan with { Name = "" })),
        (SpecErrorCodes.DuplicatePlan, "plans[1].name", "Attach the same value", WithPlanner(agent => agent with { Plan = Plan with { CompensateOnFailure = false } })),
        (SpecErrorCodes.PlanWithoutActions, "plans[0].schema", "\"actions\" array", WithPlan(plan => plan with { Schema = ObjectSchema })),
        (SpecErrorCodes.PlanWithoutActions, "plans[0].schema", "\"actions\" array", WithPlan(plan => plan with { Schema = JsonElement.Parse("""{"properties":{"actions":{"type":"object"}}}""") })),
        (SpecErrorCodes.InvalidSchema, "plans[0].schema", "", WithPlan(plan => plan with { Schema = JsonElement.Parse("""[1]""") })),
        (SpecErrorCodes.UnknownPlanStatus, "plans[0].displayAliases[drafted]", "did you mean \"draft\"", WithPlan(plan => plan with { DisplayAliases = new Dictionary<string, string> { ["drafted"] = "x" } })),
        (SpecErrorCodes.UnknownStorageRole, "storageFactories[plan]", "did you mean \"plans\"", Storage("plan", "sqlite")),
        (SpecErrorCodes.UnknownStorageKind, "storageFactories[plans].kind", "can't use a store of kind \"redis\"", Storage("plans", "redis")),
        (SpecErrorCodes.InvalidConfig, "storageFactories[kv].config", "a text", Storage("kv", "redis", "\"url\"")),
        (SpecErrorCodes.BlankName, "providers[]", "is blank", Full with { Providers = new Dictionary<string, ProviderSpec> { ["main"] = Provider, [""] = Provider } }),
        (SpecErrorCodes.UnknownProviderKind, "providers[main].kind", "did you mean \"openai\"", WithProvider(provider => provider with { Kind = "open-ai" })),
        (SpecErrorCodes.InvalidBaseUrl, "providers[main].baseUrl", "absolute http", WithProvider(provider => provider with { BaseUrl = "example.com" })),
        (SpecErrorCodes.InvalidHeader, "providers[main].headers[X Team]", "can't be sent", WithProvider(provider => provider with { Headers = new Dictionary<string, string> { ["X Team"] = "a" } })),
        (SpecErrorCodes.InvalidHeader, "providers[main].headers[X]", "can't be sent", WithProvider(provider => provider with { Headers = new Dictionary<string, string> { ["X"] = "a\r\nB: c" } })),
        (SpecErrorCodes.InvalidMaxConcurrency, "providers[main].maxConcurrency", "at least 1", WithProvider(provider => provider with { MaxConcurrency = 0 })),
        (SpecErrorCodes.InvalidTimeout, "providers[main].timeoutMs", "positive", WithProvider(provider => provider with { Timeout = TimeSpan.FromSeconds(-1) })),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[2].name", "can't name a server", Full with { McpServers = [Files, Web, Web with { Name = "fi les", Prefix = "x" }] }),
        (SpecErrorCodes.DuplicateMcpServer, "mcpServers[2].name", "already", Full with { McpServers = [Files, Web, Web] }),
        (SpecErrorCodes.UnknownMcpServer, "agents[1].mcpServers[0]", "did you mean \"files\"", WithPlanner(agent => agent with { McpServers = ["file"] })),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[0]", "neither", Full with { McpServers = [new() { Name = "files" }, Web] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[1]", "both", Full with { McpServers = [Files, new() { Name = "web", Command = "x", Url = "http://x" }] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[0].command", "is blank", WithServer(server => server with { Command = " " })),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[1].url", "absolute http", Full with { McpServers = [Files, Web with { Url = "example.com" }] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[1].url", "without a name and password", Full with { McpServers = [Files, Web with { Url = "https://ana:secret@example.com" }] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[0]", "for a command", WithServer(server => server with { BearerTokenEnv = "TOKEN" })),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[1]", "for a command", Full with { McpServers = [Files, Web with { Arguments = ["x"] }] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[0].environmentVariables[0]", "no name of an environment variable", WithServer(server => server with { EnvironmentVariables = ["KEY=1"] })),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[1].bearerTokenEnv", "no name of an environment variable", Full with { McpServers = [Files, Web with { BearerTokenEnv = "sk-planted-secret" }] }),
        (SpecErrorCodes.InvalidHeader, "mcpServers[1].headersEnv[X Key]", "can't be sent", Full with { McpServers = [Files, Web with { HeadersEnv = new Dictionary<string, string> { ["X Key"] = "KEY" } }] }),
        (SpecErrorCodes.InvalidMcpServer, "mcpServers[0].prefix", "can't be a prefix", WithServer(server => server with { Prefix = "fi les_" })),
        (SpecErrorCodes.McpPrefixConflict, "mcpServers[0].prefix", "\"search\"", WithServer(server => server with { Prefix = "sea" })),
        (SpecErrorCodes.McpPrefixConflict, "mcpServers[0].prefix", "\"store_plan\"", WithServer(server => server with { Prefix = "store_" })),
        (SpecErrorCodes.McpPrefixConflict, "mcpServers[1].prefix", "\"files_\"", Full with { McpServers = [Files, Web with { Prefix = "files_web_" }] }),
        (SpecErrorCodes.InvalidTimeout, "mcpServers[0].connectTimeoutMs", "positive", WithServer(server => server with { ConnectTimeout = TimeSpan.Zero })),
        (SpecErrorCodes.InvalidTimeout, "mcpServers[0].callTimeoutMs", "positive", WithServer(server => server with { CallTimeout = TimeSpan.Zero })),
        (SpecErrorCodes.InvalidQuorum, "mcpServers[0].approval.quorum", "at least 1", WithServer(server => server with { Approval = Approval.Always with { Quorum = 0 } })),
        (SpecErrorCodes.UnknownToolApproval, "agents[1].toolApprovalPolicies[files_write]", "has no tool", WithPlanner(agent => agent with { ToolApprovalPolicies = new Dictionary<string, ApprovalPolicy> { ["files_write"] = Approval.Always, ["files_read"] = Approval.Never, ["w-anything"] = Approval.Always } })),
        (SpecErrorCodes.UnknownOverrideTool, "approvalOverrides[executor].toolApprovals[files_read]", "has no tool", Override("executor", "files_read")),
        (SpecErrorCodes.UnknownToolBinding, "toolBindings[serch]", "did you mean \"search\"", Full with { ToolBindings = new Dictionary<string, ToolHandler> { ["serch"] = ToolHandler.Create<object>((_, _) => Task.FromResult<object?>(null)) } }),
    ];

    private static RuntimeSpec Override(string agent, string tool) => Full with
    {
        ApprovalOverrides = new Dictionary<string, ApprovalOverride>
        {
            [agent] = new() { ToolApprovals = new Dictionary<string, ApprovalPolicy> { [tool] = Approval.Always } },
        },
    };

    private static RuntimeSpec Storage(string role, string kind, string? config = null) => Full with
    {
        StorageFactories = new Dictionary<string, StorageFactorySpec>
        {
            [role] = new() { Kind = kind, Config = config is null ? null : JsonElement.Parse(config) },
        },
    };
}

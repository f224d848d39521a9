using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>The one way into a spec: every member returns an immutable value. Nothing runs until a runtime is created.</summary>
public static partial class Define
{
    /// <summary>The owner of everything the runtime stores.</summary>
    /// <param name="resourceId">The wall between tenants. Non-blank.</param>
    /// <param name="version">The version of the tenant's configuration. Non-blank.</param>
    public static TenantSpec Tenant(string resourceId, string version) => new() { ResourceId = resourceId, Version = version };

    /// <summary>An agent that hands work to others through <c>call_agent</c>.</summary>
    /// <param name="name">The agent's name, unique in its runtime. Non-blank.</param>
    /// <param name="model">The model that answers; a plain string stands for a model id.</param>
    /// <param name="prompt">The system prompt.</param>
    /// <param name="routes">Names of the agents it may hand work to; at least one.</param>
    /// <param name="tools">The application's tools it may call.</param>
    /// <param name="toolkits">Ids of built-in toolkits to add: <c>agents</c>, <c>plans</c>, <c>references</c>, <c>catalog</c>.</param>
    /// <param name="maxTurns">The most model turns in one frame, at least 1.</param>
    /// <param name="stateful">Whether it remembers earlier frames on its thread.</param>
    /// <param name="approval">Its approval rules per channel; of a coordinator they are the runtime's floor unless that is given.</param>
    /// <param name="toolApprovals">Approval rules by tool name, the most specific of all.</param>
    /// <param name="promptCacheKey">The key under which a provider may cache the prompt; null: the SHA-256 of the rendered prompt.</param>
    /// <param name="mcpServers">Names of the runtime's MCP servers whose tools it may call.</param>
    public static AgentSpec Coordinator(
        string name,
        ModelSpec model,
        string prompt,
        IReadOnlyList<string> routes,
        IReadOnlyList<ToolSpec>? tools = null,
        IReadOnlyList<string>? toolkits = null,
        int maxTurns = AgentSpec.DefaultMaxTurns,
        bool stateful = true,
        ApprovalPatch? approval = null,
        Dictionary<string, ApprovalPolicy>? toolApprovals = null,
        string? promptCacheKey = null,
        IReadOnlyList<string>? mcpServers = null) =>
        Agent(AgentRole.Coordinator, name, model, prompt, tools, toolkits, maxTurns, stateful, approval, toolApprovals, promptCacheKey, mcpServers)
            with
        { Routes = routes };

    /// <summary>An agent that explores and stores a typed plan, through <c>store_plan</c> and <c>get_plan</c>.</summary>
    /// <param name="name">The agent's name, unique in its runtime. Non-blank.</param>
    /// <param name="model">The model that answers; a plain string stands for a model id.</param>
    /// <param name="prompt">The system prompt.</param>
    /// <param name="plan">The plan it works on.</param>
    /// <param name="tools">The application's tools it may call.</param>
    /// <param name="toolkits">Ids of built-in toolkits to add: <c>agents</c>, <c>plans</c>, <c>references</c>, <c>catalog</c>.</param>
    /// <param name="maxTurns">The most model turns in one frame, at least 1.</param>
    /// <param name="stateful">Whether it remembers earlier frames on its thread.</param>
    /// <param name="approval">Its approval rules per channel.</param>
    /// <param name="toolApprovals">Approval rules by tool name, the most specific of all.</param>
    /// <param name="promptCacheKey">The key under which a provider may cache the prompt; null: the SHA-256 of the rendered prompt.</param>
    /// <param name="routes">Names of agents it may hand work to, with the toolkit <c>agents</c>.</param>
    /// <param name="mcpServers">Names of the runtime's MCP servers whose tools it may call.</param>
    public static AgentSpec Planner(
        string name,
        ModelSpec model,
        string prompt,
        PlanSpec plan,
        IReadOnlyList<ToolSpec>? tools = null,
        IReadOnlyList<string>? toolkits = null,
        int maxTurns = AgentSpec.DefaultMaxTurns,
        bool stateful = true,
        ApprovalPatch? approval = null,
        Dictionary<string, ApprovalPolicy>? toolApprovals = null,
        string? promptCacheKey = null,
        IReadOnlyList<string>? routes = null,
        IReadOnlyList<string>? mcpServers = null) =>
        Agent(AgentRole.Planner, name, model, prompt, tools, toolkits, maxTurns, stateful, approval, toolApprovals, promptCacheKey, mcpServers)
            with
        { Plan = plan, Routes = routes ?? [] };

    /// <summary>An agent that executes a stored plan through the approval gate, with <c>get_plan</c>, <c>execute_plan</c>, <c>resolve_ref</c> and <c>glimpse_ref</c>.</summary>
    /// <inheritdoc cref="Planner" path="/param"/>
    public static AgentSpec Executor(
        string name,
        ModelSpec model,
        string prompt,
        PlanSpec plan,
        IReadOnlyList<ToolSpec>? tools = null,
        IReadOnlyList<string>? toolkits = null,
        int maxTurns = AgentSpec.DefaultMaxTurns,
        bool stateful = false,
        ApprovalPatch? approval = null,
        Dictionary<string, ApprovalPolicy>? toolApprovals = null,
        string? promptCacheKey = null,
        IReadOnlyList<string>? routes = null,
        IReadOnlyList<string>? mcpServers = null) =>
        Agent(AgentRole.Executor, name, model, prompt, tools, toolkits, maxTurns, stateful, approval, toolApprovals, promptCacheKey, mcpServers)
            with
        { Plan = plan, Routes = routes ?? [] };

    /// <summary>An agent that does one kind of work with the tools it is given.</summary>
    /// <param name="name">The agent's name, unique in its runtime. Non-blank.</param>
    /// <param name="model">The model that answers; a plain string stands for a model id.</param>
    /// <param name="prompt">The system prompt.</param>
    /// <param name="tools">The application's tools it may call.</param>
    /// <param name="toolkits">Ids of built-in toolkits to add: <c>agents</c>, <c>plans</c>, <c>references</c>, <c>catalog</c>.</param>
    /// <param name="maxTurns">The most model turns in one frame, at least 1.</param>
    /// <param name="stateful">Whether it remembers earlier frames on its thread.</param>
    /// <param name="approval">Its approval rules per channel.</param>
    /// <param name="toolApprovals">Approval rules by tool name, the most specific of all.</param>
    /// <param name="promptCacheKey">The key under which a provider may cache the prompt; null: the SHA-256 of the rendered prompt.</param>
    /// <param name="routes">Names of agents it may hand work to, with the toolkit <c>agents</c>.</param>
    /// <param name="mcpServers">Names of the runtime's MCP servers whose tools it may call.</param>
    public static AgentSpec Specialist(
        string name,
        ModelSpec model,
        string prompt,
        IReadOnlyList<ToolSpec>? tools = null,
        IReadOnlyList<string>? toolkits = null,
        int maxTurns = AgentSpec.DefaultMaxTurns,
        bool stateful = false,
        ApprovalPatch? approval = null,
        Dictionary<string, ApprovalPolicy>? toolApprovals = null,
        string? promptCacheKey = null,
        IReadOnlyList<string>? routes = null,
        IReadOnlyList<string>? mcpServers = null) =>
        Agent(AgentRole.Specialist, name, model, prompt, tools, toolkits, maxTurns, stateful, approval, toolApprovals, promptCacheKey, mcpServers)
            with
        { Routes = routes ?? [] };

    /// <summary>A plan whose schema is derived from a C# type.</summary>
    /// <typeparam name="TBody">The body: a record with a list <c>Actions</c>. Several action types form a union over <c>kind</c>.</typeparam>
    /// <param name="name">The plan's name, unique in its runtime. Non-blank.</param>
    /// <param name="displayAliases">Labels for people, by status.</param>
    /// <param name="compensateOnFailure">Whether finished actions are undone when a later one fails.</param>
    /// <param name="unions">Unions of types that carry no attributes of System.Text.Json.</param>
    /// <exception cref="ArgumentException">The action types can't be told apart by <c>kind</c>.</exception>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static PlanSpec<TBody> Plan<TBody>(
        string name,
        IReadOnlyDictionary<string, string>? displayAliases = null,
        bool compensateOnFailure = false,
        IReadOnlyList<TaggedUnion>? unions = null) =>
        PlanSpec.FromType<TBody>(name, unions) with
        {
            DisplayAliases = displayAliases ?? new Dictionary<string, string>(),
            CompensateOnFailure = compensateOnFailure,
        };

    /// <summary>A plan that is defined by its schema alone.</summary>
    /// <param name="name">The plan's name, unique in its runtime. Non-blank.</param>
    /// <param name="schema">The JSON Schema (draft 2020-12) of the body, with an <c>actions</c> array.</param>
    /// <param name="displayAliases">Labels for people, by status.</param>
    /// <param name="compensateOnFailure">Whether finished actions are undone when a later one fails.</param>
    public static PlanSpec Plan(
        string name,
        JsonElement schema,
        IReadOnlyDictionary<string, string>? displayAliases = null,
        bool compensateOnFailure = false) => new()
        {
            Name = name,
            Schema = schema,
            DisplayAliases = displayAliases ?? new Dictionary<string, string>(),
            CompensateOnFailure = compensateOnFailure,
        };

    /// <summary>A kind of stored value whose schema is derived from a C# type.</summary>
    /// <typeparam name="T">The type of the full value.</typeparam>
    /// <param name="name">The kind's name, unique in its runtime. Non-blank.</param>
    /// <param name="ttl">How long a value lives after it was last created; null: for ever. Positive.</param>
    /// <param name="glimpse">A pure function from a value to a small summary; null: type, count and first keys.</param>
    /// <exception cref="NotSupportedException">The type has no JSON form.</exception>
    public static ReferenceSpec<T> Reference<T>(string name, TimeSpan? ttl = null, Func<T, object?>? glimpse = null) =>
        ReferenceSpec.FromType(name, glimpse) with { Ttl = ttl };

    /// <summary>A kind of stored value that is defined by its schema alone.</summary>
    /// <param name="name">The kind's name, unique in its runtime. Non-blank.</param>
    /// <param name="schema">The JSON Schema (draft 2020-12) of the full value.</param>
    /// <param name="ttl">How long a value lives after it was last created; null: for ever. Positive.</param>
    public static ReferenceSpec Reference(string name, JsonElement schema, TimeSpan? ttl = null) =>
        new() { Name = name, Schema = schema, Ttl = ttl };

    /// <summary>
    /// A prompt of sections in a fixed order, the same text on every run and machine. Each part is a text, a list of texts, or any object,
    /// which is rendered as canonical JSON. Empty parts are left out.
    /// </summary>
    /// <param name="identity">Who the agent is and what it is for.</param>
    /// <param name="communication">How it talks to people.</param>
    /// <param name="operationalRules">What it must do and in which order.</param>
    /// <param name="tools">When to use which tool. The runtime adds the descriptions of the tools themselves.</param>
    /// <param name="domainKnowledge">What it has to know of the domain.</param>
    /// <param name="safety">What it must never do.</param>
    /// <param name="outputFormat">What its answer looks like.</param>
    /// <param name="examples">Good answers.</param>
    /// <exception cref="NotSupportedException">A part holds an object without a JSON form.</exception>
    public static LayeredPrompt Prompt(
        object? identity = null,
        object? communication = null,
        object? operationalRules = null,
        object? tools = null,
        object? domainKnowledge = null,
        object? safety = null,
        object? outputFormat = null,
        object? examples = null) =>
        LayeredPrompt.Render(new()
        {
            Identity = identity,
            Communication = communication,
            OperationalRules = operationalRules,
            Tools = tools,
            DomainKnowledge = domainKnowledge,
            Safety = safety,
            OutputFormat = outputFormat,
            Examples = examples,
        });

    /// <summary>A whole agent system. Plans and tools that agents declare are attached; the spec is checked.</summary>
    /// <param name="tenant">The owner of everything the runtime stores.</param>
    /// <param name="agents">The agents. At least one, at most one coordinator.</param>
    /// <param name="references">The kinds of references that may be stored.</param>
    /// <param name="plans">Plans besides those of agents.</param>
    /// <param name="toolkits">Configuration of toolkits.</param>
    /// <param name="approvalPolicies">The approval floor; null: the coordinator's own rules over the defaults (plans always, tools never).</param>
    /// <param name="approvalOverrides">Approval rules by agent name, between the agent's own and the floor.</param>
    /// <param name="storageFactories">Stores by role: <c>kv</c>, <c>plans</c>, <c>memory</c>.</param>
    /// <param name="providers">Model providers by name.</param>
    /// <param name="toolBindings">Handlers by tool name, for tools that were declared without code.</param>
    /// <param name="mcpServers">The MCP servers whose tools agents may have.</param>
    /// <exception cref="SpecValidationException">The spec has problems; all of them are listed.</exception>
    public static RuntimeSpec Runtime(
        TenantSpec tenant,
        IReadOnlyList<AgentSpec> agents,
        IReadOnlyList<ReferenceSpec>? references = null,
        IReadOnlyList<PlanSpec>? plans = null,
        IReadOnlyList<ToolkitSpec>? toolkits = null,
        ApprovalPatch? approvalPolicies = null,
        IReadOnlyDictionary<string, ApprovalOverride>? approvalOverrides = null,
        IReadOnlyDictionary<string, StorageFactorySpec>? storageFactories = null,
        IReadOnlyDictionary<string, ProviderSpec>? providers = null,
        IReadOnlyDictionary<string, ToolHandler>? toolBindings = null,
        IReadOnlyList<McpServerSpec>? mcpServers = null)
    {
        var spec = new RuntimeSpec
        {
            Tenant = tenant,
            Agents = agents,
            References = references ?? [],
            Plans = plans ?? [],
            Toolkits = toolkits ?? [],
            ApprovalPolicies = approvalPolicies,
            ApprovalOverrides = approvalOverrides ?? new Dictionary<string, ApprovalOverride>(),
            StorageFactories = storageFactories ?? new Dictionary<string, StorageFactorySpec>(),
            Providers = providers ?? new Dictionary<string, ProviderSpec>(),
            ToolBindings = toolBindings ?? new Dictionary<string, ToolHandler>(),
            McpServers = mcpServers ?? [],
        };
        spec.EnsureValid();
        return spec;
    }

    private static AgentSpec Agent(
        AgentRole role,
        string name,
        ModelSpec model,
        string prompt,
        IReadOnlyList<ToolSpec>? tools,
        IReadOnlyList<string>? toolkits,
        int maxTurns,
        bool stateful,
        ApprovalPatch? approval,
        Dictionary<string, ApprovalPolicy>? toolApprovals,
        string? promptCacheKey,
        IReadOnlyList<string>? mcpServers) => new()
        {
            Name = name,
            Role = role,
            Model = model,
            SystemPrompt = prompt,
            Tools = tools ?? [],
            Toolkits = toolkits ?? [],
            MaxTurns = maxTurns,
            Stateful = stateful,
            ApprovalPolicies = approval,
            ToolApprovalPolicies = toolApprovals ?? [],
            PromptCacheKey = promptCacheKey,
            McpServers = mcpServers ?? [],
        };
}

using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>A whole agent system as a validated value. What declared agents carry (plans, tools, toolkits) is attached automatically.</summary>
public sealed record RuntimeSpec
{
    /// <summary>The owner of everything the runtime stores.</summary>
    public required TenantSpec Tenant { get; init; }

    /// <summary>The agents. At least one, at most one coordinator.</summary>
    public required IReadOnlyList<AgentSpec> Agents { get; init; }

    /// <summary>The kinds of references that may be stored; one that is given twice is there once. Default: none.</summary>
    public IReadOnlyList<ReferenceSpec> References
    {
        get => SpecSameness.Distinct(field, SpecSameness.AreSame);
        init;
    } = [];

    /// <summary>The plans: those given here, then those of agents, each once.</summary>
    public IReadOnlyList<PlanSpec> Plans
    {
        get => SpecSameness.Distinct([.. field, .. Agents.Select(agent => agent.Plan).OfType<PlanSpec>()], SpecSameness.AreSame);
        init;
    } = [];

    /// <summary>Configuration of toolkits. Default: none.</summary>
    public IReadOnlyList<ToolkitSpec> Toolkits { get; init; } = [];

    /// <summary>The MCP servers whose tools agents may have. Default: none.</summary>
    public IReadOnlyList<McpServerSpec> McpServers { get; init; } = [];

    /// <summary>The approval floor; null: the coordinator's own rules over the defaults (plans always, tools never).</summary>
    public ApprovalPatch? ApprovalPolicies { get; init; }

    /// <summary>Approval rules by agent name, between the agent's own and the floor. Default: none.</summary>
    public IReadOnlyDictionary<string, ApprovalOverride> ApprovalOverrides { get; init; } = new Dictionary<string, ApprovalOverride>();

    /// <summary>Stores by role (<c>kv</c>, <c>plans</c>, <c>memory</c>). Default: none.</summary>
    public IReadOnlyDictionary<string, StorageFactorySpec> StorageFactories { get; init; } = new Dictionary<string, StorageFactorySpec>();

    /// <summary>Model providers by name. Default: none.</summary>
    public IReadOnlyDictionary<string, ProviderSpec> Providers { get; init; } = new Dictionary<string, ProviderSpec>();

    /// <summary>Handlers by tool name, for tools that were declared without code. Default: none.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, ToolHandler> ToolBindings { get; init; } = new Dictionary<string, ToolHandler>();

    /// <summary>Looks for everything that is wrong with the spec.</summary>
    /// <returns>All problems, with codes of <see cref="SpecErrorCodes"/>, in the order of the spec; empty for a spec that can be used.</returns>
    public IReadOnlyList<SpecError> Validate() => SpecValidator.Validate(this);

    /// <summary>Refuses a spec that can't be used.</summary>
    /// <exception cref="SpecValidationException">The spec has problems; all of them are listed.</exception>
    public void EnsureValid()
    {
        if (Validate() is { Count: > 0 } errors) throw new SpecValidationException(errors);
    }

    /// <summary>Writes the spec as indented JSON, in which agents refer to plans and tools by name.</summary>
    /// <returns>The JSON; <see cref="FromJson"/> reads it, and what that returns writes the same bytes.</returns>
    /// <remarks>
    /// Code is not written: handlers, predicates, glimpse functions and C# types are bound where the JSON is loaded. A key given as
    /// <see cref="ProviderSpec.ApiKey"/> is written as it is; <see cref="ProviderSpec.ApiKeyEnv"/> keeps keys out of files.
    /// </remarks>
    /// <exception cref="SpecValidationException">The spec has problems; all of them are listed.</exception>
    public string ToJson()
    {
        EnsureValid();
        return RuntimeSpecWriter.Write(this);
    }

    /// <summary>Reads a spec and checks it.</summary>
    /// <param name="json">The spec, as <see cref="RuntimeSpecSchema"/> describes it. Plans and tools may also stand where they are used.</param>
    /// <exception cref="SpecValidationException">The text is no valid spec; all problems that were found are listed, without the values of keys.</exception>
    public static RuntimeSpec FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return RuntimeSpecReader.Read(json);
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

/// <summary>Reads a spec from a document of the right shape.</summary>
internal sealed class RuntimeSpecReader
{
    private readonly List<SpecError> _errors = [];
    private readonly HashSet<string> _usedTools = new(StringComparer.Ordinal);
    private readonly PlanSpec[] _plans;
    private readonly ToolSpec[] _tools;

    private RuntimeSpecReader(JsonElement root)
    {
        _plans = List(root, "plans", ReadPlan);
        _tools = List(root, "tools", ReadTool);
    }

    public static RuntimeSpec Read(string json)
    {
        var root = SpecDocument.Parse(json, out var unknownProperties);
        var reader = new RuntimeSpecReader(root);
        var spec = reader.ReadSpec(root);
        reader.ReportUnusedTools();

        // A name that leads nowhere leaves a hole, which validation would report a second time.
        var holes = reader._errors.Select(error => error.Path).ToHashSet(StringComparer.Ordinal);
        SpecError[] errors = [.. unknownProperties, .. reader._errors, .. spec.Validate().Where(error => !holes.Contains(error.Path))];
        return errors.Length == 0 ? spec : throw new SpecValidationException(errors);
    }

    private RuntimeSpec ReadSpec(JsonElement root)
    {
        var tenant = root.GetProperty("tenant");
        var agents = root.GetProperty("agents");
        return new()
        {
            Tenant = new() { ResourceId = Text(tenant, "resourceId")!, Version = Text(tenant, "version")! },
            Agents = [.. agents.EnumerateArray().Select(ReadAgent)],
            References = List(root, "references", ReadReference),
            Plans = _plans,
            Toolkits = List(root, "toolkits", ReadToolkit),
            McpServers = List(root, "mcpServers", ReadMcpServer),
            ApprovalPolicies = ReadPatch(root),
            ApprovalOverrides = Map(root, "approvalOverrides", ReadOverride),
            StorageFactories = Map(root, "storageFactories", ReadStorageFactory),
            Providers = Map(root, "providers", ReadProvider),
        };
    }

    private AgentSpec ReadAgent(JsonElement agent, int index)
    {
        var role = Value<AgentRole>(agent, "role");
        return new()
        {
            Name = Text(agent, "name")!,
            Role = role,
            Stateful = agent.TryGetProperty("stateful", out var stateful) ? stateful.GetBoolean() : role is AgentRole.Coordinator or AgentRole.Planner,
            Model = ReadModel(agent.GetProperty("model")),
            SystemPrompt = Text(agent, "systemPrompt")!,
            Routes = Texts(agent, "routes") ?? [],
            Toolkits = Texts(agent, "toolkits") ?? [],
            McpServers = Texts(agent, "mcpServers") ?? [],
            MaxTurns = Integer(agent, "maxTurns") ?? AgentSpec.DefaultMaxTurns,
            Plan = agent.TryGetProperty("plan", out var plan) ? FindPlan(plan, $"agents[{index}].plan") : null,
            Tools = FindTools(agent, $"agents[{index}].tools"),
            ApprovalPolicies = ReadPatch(agent),
            ToolApprovalPolicies = Map(agent, "toolApprovalPolicies", ReadPolicy),
            PromptCacheKey = Text(agent, "promptCacheKey"),
        };
    }

    private PlanSpec? FindPlan(JsonElement plan, string path)
    {
        if (plan.ValueKind == JsonValueKind.Object) return ReadPlan(plan);
        var name = plan.GetString()!;
        return _plans.FirstOrDefault(known => known.Name == name)
            ?? Missing<PlanSpec>(name, _plans.Select(known => known.Name), SpecErrorCodes.UnknownPlan, path, "There is no plan");
    }

    private ToolSpec[] FindTools(JsonElement agent, string path)
    {
        if (!agent.TryGetProperty("tools", out var tools)) return [];
        return [.. tools.EnumerateArray().Select((tool, index) => FindTool(tool, $"{path}[{index}]")).OfType<ToolSpec>()];
    }

    private ToolSpec? FindTool(JsonElement tool, string path)
    {
        if (tool.ValueKind == JsonValueKind.Object) return ReadTool(tool);
        var name = tool.GetString()!;
        _usedTools.Add(name);
        return _tools.FirstOrDefault(known => known.Name == name)
            ?? Missing<ToolSpec>(name, _tools.Select(known => known.Name), SpecErrorCodes.UnknownTool, path, "There is no tool");
    }

    private T? Missing<T>(string name, IEnumerable<string> known, string code, string path, string problem)
        where T : class
    {
        string[] names = [.. known];
        var hint = names.Length == 0 ? "." : NearestName.Suggest(name, names, "known here");
        _errors.Add(new(code, path, $"{problem} {Excerpt.Quote(name)}{hint}"));
        return null;
    }

    private void ReportUnusedTools()
    {
        for (var i = 0; i < _tools.Length; i++)
        {
            if (!_usedTools.Contains(_tools[i].Name))
                _errors.Add(new(SpecErrorCodes.UnusedTool, $"tools[{i}]", $"No agent uses the tool {Excerpt.Quote(_tools[i].Name)}. Name it in an agent's tools, or remove it."));
        }
    }

    private static ModelSpec ReadModel(JsonElement model) => model.ValueKind == JsonValueKind.String
        ? new() { Id = model.GetString()! }
        : new()
        {
            Id = Text(model, "id")!,
            Provider = Text(model, "provider"),
            Fallbacks = List(model, "fallbacks", ReadModel),
            Reasoning = Text(model, "reasoning") is { } effort ? (ReasoningEffort)Array.IndexOf(ModelRules.ReasoningNames, effort) : null,
            MaxOutputTokens = Integer(model, "maxOutputTokens"),
        };

    private static PlanSpec ReadPlan(JsonElement plan) => new()
    {
        Name = Text(plan, "name")!,
        Schema = plan.GetProperty("schema"),
        DisplayAliases = Map(plan, "displayAliases", alias => alias.GetString()!),
        CompensateOnFailure = plan.TryGetProperty("compensateOnFailure", out var compensates) && compensates.GetBoolean(),
    };

    private static ToolSpec ReadTool(JsonElement tool) => new()
    {
        Name = Text(tool, "name")!,
        Description = Text(tool, "description")!,
        InputSchema = tool.GetProperty("inputSchema"),
        Approval = Policy(tool, "approval"),
        Effect = Value<ToolEffect>(tool, "effect"),
        Timeout = Duration(tool, "timeoutMs"),
        MaxResultBytes = Integer(tool, "maxResultBytes"),
        LargeResult = Value<LargeResultHandling>(tool, "largeResult"),
        Reference = Text(tool, "reference"),
    };

    private static ReferenceSpec ReadReference(JsonElement reference) => new()
    {
        Name = Text(reference, "name")!,
        Schema = reference.GetProperty("schema"),
        Ttl = Duration(reference, "ttlMs"),
    };

    private static ToolkitSpec ReadToolkit(JsonElement toolkit) =>
        new() { Id = Text(toolkit, "id")!, Tools = Texts(toolkit, "tools"), Config = Element(toolkit, "config") };

    private static McpServerSpec ReadMcpServer(JsonElement server) => new()
    {
        Name = Text(server, "name")!,
        Command = Text(server, "command"),
        Arguments = Texts(server, "arguments") ?? [],
        EnvironmentVariables = Texts(server, "environmentVariables") ?? [],
        WorkingDirectory = Text(server, "workingDirectory"),
        Url = Text(server, "url"),
        BearerTokenEnv = Text(server, "bearerTokenEnv"),
        HeadersEnv = Map(server, "headersEnv", variable => variable.GetString()!),
        Prefix = Text(server, "prefix")!,
        Tools = Texts(server, "tools"),
        Approval = Policy(server, "approval"),
        TrustAnnotations = server.TryGetProperty("trustAnnotations", out var trusts) && trusts.GetBoolean(),
        ConnectTimeout = Duration(server, "connectTimeoutMs"),
        CallTimeout = Duration(server, "callTimeoutMs"),
    };

    private static ApprovalPatch? ReadPatch(JsonElement owner) => owner.TryGetProperty("approvalPolicies", out var rules)
        ? new()
        {
            Plans = Policy(rules, "plans"),
            Tools = Policy(rules, "tools"),
            Locked = rules.TryGetProperty("locked", out var locked) && locked.GetBoolean(),
        }
        : null;

    private static ApprovalOverride ReadOverride(JsonElement rules) => new()
    {
        Plans = Policy(rules, "plans"),
        Tools = Policy(rules, "tools"),
        ToolApprovals = Map(rules, "toolApprovals", ReadPolicy),
    };

    private static StorageFactorySpec ReadStorageFactory(JsonElement factory) =>
        new() { Kind = Text(factory, "kind")!, Config = Element(factory, "config") };

    private static ProviderSpec ReadProvider(JsonElement provider) => new()
    {
        Kind = Text(provider, "kind")!,
        ApiKeyEnv = Text(provider, "apiKeyEnv"),
        ApiKey = Text(provider, "apiKey"),
        BaseUrl = Text(provider, "baseUrl"),
        Headers = Map(provider, "headers", value => value.GetString()!),
        MaxConcurrency = Integer(provider, "maxConcurrency"),
        Timeout = Duration(provider, "timeoutMs"),
    };

    private static ApprovalPolicy ReadPolicy(JsonElement policy) => policy.Deserialize<ApprovalPolicy>(SluiceJson.Options)!;

    private static ApprovalPolicy? Policy(JsonElement owner, string name) => Element(owner, name) is { } policy ? ReadPolicy(policy) : null;

    private static JsonElement? Element(JsonElement owner, string name) => owner.TryGetProperty(name, out var element) ? element : null;

    private static string? Text(JsonElement owner, string name) => Element(owner, name)?.GetString();

    private static int? Integer(JsonElement owner, string name) => Element(owner, name) is { } number ? JsonInteger.Read(number) : null;

    private static TimeSpan? Duration(JsonElement owner, string name) => Element(owner, name) is { } number ? JsonMilliseconds.Read(number) : null;

    private static TEnum Value<TEnum>(JsonElement owner, string name)
        where TEnum : struct, Enum => Element(owner, name) is { } value ? value.Deserialize<TEnum>(SluiceJson.Options) : default;

    private static string[]? Texts(JsonElement owner, string name) =>
        Element(owner, name) is { } texts ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : null;

    private static T[] List<T>(JsonElement owner, string name, Func<JsonElement, T> read) =>
        Element(owner, name) is { } items ? [.. items.EnumerateArray().Select(read)] : [];

    private static Dictionary<string, T> Map<T>(JsonElement owner, string name, Func<JsonElement, T> read)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (Element(owner, name) is not { } members) return map;
        foreach (var member in members.EnumerateObject()) map[member.Name] = read(member.Value);
        return map;
    }
}

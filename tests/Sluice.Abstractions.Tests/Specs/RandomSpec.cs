using System.Text.Json;

namespace Sluice.Tests.Specs;

/// <summary>Valid specs of every shape, by seed.</summary>
internal sealed class RandomSpec(int seed)
{
    private readonly Random _random = new(seed);

    public RuntimeSpec Next()
    {
        ReferenceSpec[] references = [.. Names("Kind").Select(name => new ReferenceSpec { Name = name, Schema = Schema(), Ttl = Maybe(Duration) })];
        ToolSpec[] tools = [.. Names("tool").Select(name => Tool(name, references))];
        PlanSpec[] plans = [.. Names("Plan").Append("Plan").Select(Plan)];
        string[] names = [.. Names("agent").Append("agent")];
        McpServerSpec[] servers = [.. Names("server").Select(McpServer)];
        return new()
        {
            Tenant = new() { ResourceId = Text(), Version = Text() },
            Agents = [.. names.Select((name, index) => Agent(name, index == 0 && names.Length > 1, [.. names.Where(other => other != name)], tools, plans) with { McpServers = Some(servers, server => server.Name) })],
            References = references,
            Plans = plans,
            Toolkits = Some(BuiltInTools.ToolkitIds, id => new ToolkitSpec { Id = id, Tools = Maybe(() => BuiltInTools.Toolkits[id].Take(1).ToArray()), Config = Config() }),
            McpServers = servers,
            ApprovalPolicies = MaybeNull(() => new ApprovalPatch { Plans = MaybeNull(() => Policy(ApprovalMode.Always)), Tools = MaybeNull(AnyPolicy), Locked = Flip() }),
            ApprovalOverrides = Some(names, name => name).ToDictionary(name => name, _ => new ApprovalOverride { Tools = MaybeNull(AnyPolicy) }),
            StorageFactories = Some(["kv", "plans", "memory"], role => role).ToDictionary(role => role, _ => new StorageFactorySpec { Kind = "sqlite", Config = Config() }),
            Providers = Names("provider").ToDictionary(name => name, _ => Provider()),
        };
    }

    private AgentSpec Agent(string name, bool isCoordinator, string[] others, ToolSpec[] tools, PlanSpec[] plans) => new()
    {
        Name = name,
        Role = isCoordinator ? AgentRole.Coordinator : Pick([AgentRole.Planner, AgentRole.Executor, AgentRole.Specialist]),
        Stateful = Flip(),
        Model = Flip() ? Text() : new ModelSpec { Id = Text(), Fallbacks = [Text(), new() { Id = Text(), MaxOutputTokens = 7, Reasoning = Microsoft.Extensions.AI.ReasoningEffort.Low, Fallbacks = [Text()] }] },
        SystemPrompt = Text() + "\n\t\"\\\u0001\u2028 \U0001F600",
        Routes = isCoordinator ? others : [],
        Toolkits = Some(BuiltInTools.ToolkitIds, id => id),
        MaxTurns = Pick([1, 25, int.MaxValue]),
        Plan = Pick(plans),
        Tools = Some(tools, tool => tool),
        ApprovalPolicies = MaybeNull(() => new ApprovalPatch { Tools = MaybeNull(AnyPolicy) }),
        ToolApprovalPolicies = Some(["execute_query", "store_plan"], tool => tool).ToDictionary(tool => tool, _ => AnyPolicy()),
        PromptCacheKey = MaybeNull(Text),
    };

    private ToolSpec Tool(string name, ReferenceSpec[] references) => new()
    {
        Name = name,
        Description = Text(),
        InputSchema = SpecSamples.ObjectSchema,
        Approval = MaybeNull(AnyPolicy),
        Effect = Pick(Enum.GetValues<ToolEffect>()),
        Timeout = Maybe(Duration),
        MaxResultBytes = Maybe(() => _random.Next(256, int.MaxValue)),
        LargeResult = Pick(Enum.GetValues<LargeResultHandling>()),
        Reference = references.Length > 0 ? MaybeNull(() => Pick(references).Name) : null,
    };

    private PlanSpec Plan(string name) => new()
    {
        Name = name,
        Schema = SpecSamples.PlanSchema,
        CompensateOnFailure = Flip(),
        DisplayAliases = Some(["draft", "failed"], status => status).ToDictionary(status => status, _ => Text()),
    };

    private McpServerSpec McpServer(string name)
    {
        var server = new McpServerSpec { Name = name, Tools = Maybe(() => new[] { Text() }), Approval = MaybeNull(AnyPolicy), TrustAnnotations = Flip(), ConnectTimeout = Maybe(Duration), CallTimeout = Maybe(Duration) };
        if (Flip()) server = server with { Prefix = $"{name}-" };
        return Flip()
            ? server with { Command = Text(), Arguments = [.. Names("--a")], EnvironmentVariables = Names("KEY"), WorkingDirectory = MaybeNull(Text) }
            : server with { Url = "https://example.com/" + _random.Next(), BearerTokenEnv = MaybeNull(() => "TOKEN"), HeadersEnv = Names("X-").ToDictionary(header => header, _ => "KEY") };
    }

    private ProviderSpec Provider() => new()
    {
        Kind = Pick(["anthropic", "openai", "custom"]),
        ApiKey = MaybeNull(Text),
        ApiKeyEnv = MaybeNull(Text),
        BaseUrl = MaybeNull(() => "https://example.com/" + _random.Next()),
        Headers = Names("X-Header-").ToDictionary(name => name, _ => Text()),
        MaxConcurrency = Maybe(() => _random.Next(1, 100)),
        Timeout = Maybe(Duration),
    };

    private ApprovalPolicy AnyPolicy() => Policy(Pick(Enum.GetValues<ApprovalMode>()));

    private ApprovalPolicy Policy(ApprovalMode mode) => new()
    {
        Mode = mode,
        PredicateId = mode == ApprovalMode.Dynamic ? MaybeNull(Text) : null,
        ExpiresAfter = Maybe(Duration),
        Approvers = Flip() ? [] : [Text() + "1", Text() + "2"],
        Quorum = _random.Next(1, 3),
    };

    private JsonElement Schema() => JsonElement.Parse(Pick(["true", "{}", """{"type":"string","maxLength":1e1,"default":"\u00e4/\u2028"}""", """{"minimum":0.10}"""]));

    private JsonElement? Config() => Maybe(() => JsonElement.Parse(Pick(["{}", """{"a":[1.0,1e5,{"b":null}],"ü":"\"\u0000"}"""])));

    private TimeSpan Duration() => TimeSpan.FromTicks(_random.NextInt64(1, Pick([100L, 1_000_000_000L, 9_000_000_000_000_000_000L])));

    private string Text() => Pick(["a", "Größe", "x\"y\\z", "\u2028", "日本", " padded "]) + _random.Next(100);

    private string[] Names(string prefix) => [.. Enumerable.Range(1, _random.Next(0, 4)).Select(number => prefix + number)];

    private T[] Some<T, TSource>(IEnumerable<TSource> source, Func<TSource, T> select) => [.. source.Where(_ => Flip()).Select(select)];

    private T? Maybe<T>(Func<T> make)
        where T : struct => Flip() ? make() : null;

    private T? MaybeNull<T>(Func<T> make)
        where T : class => Flip() ? make() : null;

    private T[]? Maybe<T>(Func<T[]> make) => Flip() ? make() : null;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private bool Flip() => _random.Next(2) == 0;
}

using System.Text.Json;

namespace Sluice.Runtime.Tests.Tools;

public sealed class ToolkitProviderTests
{
    private static readonly ToolSpec Query = ToolSpec.FromHandler<Question, string>(
        "execute_query", "Answers.", (question, context) => Task.FromResult($"{question.Sql} of {context.Tenant.ResourceId}"));

    [Fact]
    public async Task Tool_OfAProvider_RunsWithTheRuntimesTenant()
    {
        await using var runtime = SluiceRuntime.Create(Spec("a"), new() { Interpreter = Interpreter.Scripted, DataEnvironment = new Provider() });

        var events = await runtime.RunSpecialistAsync("a", """{"tool": "execute_query", "args": {"sql": "all"}}""").ToListAsync();

        events.OfType<ToolInvocationEvent>().Last().Result!.Value.GetString().ShouldBe("all of acme");
    }

    [Fact]
    public async Task Tools_OfAProvider_AreMadeOnceForAllAgentsWithTheirConfiguration()
    {
        var provider = new Provider();
        var spec = Spec("a", "b") with { Toolkits = [new() { Id = "catalog", Config = JsonElement.Parse("""{"x": 1}""") }] };
        await using var runtime = SluiceRuntime.Create(spec, new() { DataEnvironment = provider });

        provider.Configs.ShouldHaveSingleItem()!.Config!.Value.GetProperty("x").GetInt32().ShouldBe(1);
        runtime.ListTools("a").ShouldBe(runtime.ListTools("b"));
    }

    [Fact]
    public async Task Tools_OfAProvider_AreNotThoseOfAgentsWithoutTheToolkit()
    {
        var provider = new Provider();
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("a", "m", "You work.")]);
        await using var runtime = SluiceRuntime.Create(spec, new() { DataEnvironment = provider });

        runtime.ListTools("a").ShouldBeEmpty();
        provider.Configs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reference_OfAProvidersKind_IsCheckedByItsSchemaUnlessTheSpecHasTheKind()
    {
        var provider = new Provider { References = [new() { Name = "Rows", Schema = JsonElement.Parse("""{"type": "array"}""") }] };
        var text = JsonElement.Parse("\"a text\"");
        await using (var runtime = SluiceRuntime.Create(Spec("a"), new() { DataEnvironment = provider }))
        {
            (await Should.ThrowAsync<SluiceException>(() => runtime.CreateReferenceAsync("Rows", text))).Code.ShouldBe("invalid_reference");
            (await runtime.CreateReferenceAsync("Rows", JsonElement.Parse("[1]"))).Kind.ShouldBe("Rows");
        }

        var own = Spec("a") with { References = [Define.Reference("Rows", JsonElement.Parse("""{"type": "string"}"""))] };
        await using var other = SluiceRuntime.Create(own, new() { DataEnvironment = provider });
        (await other.CreateReferenceAsync("Rows", text)).Kind.ShouldBe("Rows");
    }

    [Fact]
    public void Provider_ThatReportsProblems_PreventsTheRuntime()
    {
        var provider = new Provider { Problem = new("toolkit_unavailable", "toolkits[catalog]", "There is no database.") };

        Refusal(provider, "a", "b").ShouldBe([("toolkit_unavailable", "toolkits[catalog]")]);
    }

    [Fact]
    public void Provider_OfAnotherTenantOrToolkit_IsRefused()
    {
        Refusal(new() { TenantId = "globex" }, "a").ShouldBe([("tenant_mismatch", "dataEnvironment.tenantId")]);
        Refusal(new() { Id = "plans" }, "a").ShouldBe([("invalid_toolkit", "dataEnvironment"), ("toolkit_unavailable", "agents[a].toolkits")], ignoreOrder: true);
    }

    [Fact]
    public void Provider_WithToolsThatCannotBe_IsRefused() =>
        Refusal(new() { Tools = [Query, Query with { Name = "drop_table" }, Query with { Name = "get_document", Handler = null }] }, "a")
            .ShouldBe([("invalid_toolkit", "toolkits[catalog]"), ("invalid_toolkit", "toolkits[catalog]")]);

    private static (string Code, string Path)[] Refusal(Provider provider, params string[] agents) =>
        [.. Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(Spec(agents), new() { DataEnvironment = provider })).Errors.Select(error => (error.Code, error.Path))];

    private static RuntimeSpec Spec(params string[] agents) => Define.Runtime(
        Define.Tenant("acme", "v1"), [.. agents.Select(agent => Define.Specialist(agent, "m", "You look.", toolkits: ["catalog"]))]);

    private sealed record Question(string Sql);

    private sealed class Provider : IToolkitProvider
    {
        public string Id { get; init; } = "catalog";

        public string? TenantId { get; init; }

        public IReadOnlyList<ReferenceSpec> References { get; init; } = [];

        public IReadOnlyList<ToolSpec> Tools { get; init; } = [Query];

        public SpecError? Problem { get; init; }

        public List<ToolkitSpec?> Configs { get; } = [];

        public IReadOnlyList<ToolSpec> CreateTools(ToolkitSpec? config, ICollection<SpecError> problems)
        {
            Configs.Add(config);
            if (Problem is not null) problems.Add(Problem);
            return Tools;
        }
    }
}

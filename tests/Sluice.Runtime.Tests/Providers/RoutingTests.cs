using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Providers;

public sealed class RoutingTests
{
    private const string Secret = "sk-planted-0123456789";

    [Theory]
    [InlineData("one-large", "first")]
    [InlineData("TWO-small", "second")]
    public async Task Model_WithoutAProvider_GoesWhereItsIdBegins(string model, string expected)
    {
        await using var runtime = SluiceRuntime.Create(
            Spec(model, ("first", Key("one")), ("second", Key("two"))), Options(new Maker("one", "one-"), new Maker("two", "two-")));
        (await runtime.RunAsync("go")).Text().ShouldBe(expected == "first" ? "one" : "two");
    }

    [Fact]
    public async Task Model_OfUnknownPrefix_GoesToTheOnlyProvider()
    {
        await using var runtime = SluiceRuntime.Create(Spec("my-finetune", ("only", Key("one"))), Options(new Maker("one", "one-")));
        (await runtime.RunAsync("go")).Text().ShouldBe("one");
    }

    [Fact]
    public async Task Model_WithASpecWithoutProviders_GoesToTheKindThatServesIt()
    {
        var maker = new Maker("one", "one-") { ApiKeyEnv = "PATH" };
        await using var runtime = SluiceRuntime.Create(Sample.Agent() with { Agents = [Define.Specialist("solo", "one-small", "You work.")] }, Options(maker));
        (await runtime.RunAsync("go")).Text().ShouldBe("one");
        maker.Settings.ShouldHaveSingleItem().ApiKey.ShouldBe(Environment.GetEnvironmentVariable("PATH"));
    }

    [Fact]
    public async Task Provider_OfSeveralAgents_IsConnectedOnceWithItsSettingsAndDisposedWithTheRuntime()
    {
        var maker = new Maker("one", "one-");
        var provider = new ProviderSpec
        {
            Kind = "one",
            ApiKey = Secret,
            BaseUrl = "https://models.example/v1",
            Headers = new Dictionary<string, string> { ["x-team"] = "data" },
        };
        var spec = Define.Runtime(
            Sample.Tenant,
            [Define.Coordinator("boss", "one-b", "You route.", ["worker"]), Define.Specialist("worker", "one-w", "You work.")],
            providers: new Dictionary<string, ProviderSpec> { ["p"] = provider with { Kind = "openai" } });
        await using (SluiceRuntime.Create(spec, Options(maker.As("openai"))))
            maker.Disposed.ShouldBe(0);
        var settings = maker.Settings.ShouldHaveSingleItem();
        (settings.ApiKey, settings.BaseUrl, settings.Headers["x-team"]).ShouldBe((Secret, new Uri("https://models.example/v1"), "data"));
        settings.ToString().ShouldNotContain(Secret);
        maker.Disposed.ShouldBe(1);
    }

    [Fact]
    public void Create_WithModelsThatNobodyServes_ReportsAllProblemsTogether()
    {
        var spec = Define.Runtime(
            Sample.Tenant,
            [
                Define.Specialist("a", new ModelSpec { Id = "x", Provider = "keyless" }, "You work."),
                Define.Specialist("b", new ModelSpec { Id = "x", Provider = "unmade" }, "You work."),
                Define.Specialist("c", new ModelSpec { Id = "x", Provider = "mine", Fallbacks = [new() { Id = "nobody-knows" }] }, "You work."),
            ],
            providers: new Dictionary<string, ProviderSpec>
            {
                ["keyless"] = new() { Kind = "anthropic", ApiKeyEnv = "SLUICE_NO_SUCH_KEY" },
                ["unmade"] = new() { Kind = "openai", ApiKey = Secret },
                ["mine"] = new() { Kind = "custom" },
            });
        var problems = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(spec, Options(new Maker("one", "one-")))).Errors;
        problems.Select(problem => (problem.Code, problem.Path)).ShouldBe(
        [
            ("no_credentials", "providers[keyless]"), (ErrorCodes.NotAvailable, "providers[unmade].kind"), ("no_chat_client", "providers[mine]"),
            ("no_provider", "agents[c].model.fallbacks[0]"),
        ]);
        problems[0].Message.ShouldContain("SLUICE_NO_SUCH_KEY");
        string.Join('\n', problems).ShouldNotContain(Secret);
    }

    [Fact]
    public void Create_WithAModelThatTwoProvidersServe_AsksForOne()
    {
        var spec = Spec("one-large", ("first", Key("one")), ("second", Key("one")));
        var problem = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(spec, Options(new Maker("one", "one-")))).Errors.ShouldHaveSingleItem();
        problem.Message.ShouldBe("Model 'one-large' could be served by 'first', 'second'. Name one in the model's provider.");
    }

    [Fact]
    public async Task ModelOptions_OfTheSpec_ReachTheClient()
    {
        var client = FunctionChatClient.Replies("done");
        var model = new ModelSpec { Id = "m", Provider = "a", Reasoning = ReasoningEffort.High, MaxOutputTokens = 123 };
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(model), client);
        await runtime.RunAsync("go");
        var options = client.Requests.Single().Options!;
        (options.ModelId, options.Reasoning!.Effort, options.MaxOutputTokens).ShouldBe(("m", ReasoningEffort.High, 123));
    }

    [Fact]
    public async Task GetChatClient_OfTheRuntime_RetriesAndGivesTheLastAnswerOnly()
    {
        var client = LiveTeam.Client((call, token) =>
            call == 1 ? LiveTeam.Say([new TextContent("void ")], new IOException("gone"), token) : LiveTeam.Say("the answer"));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(new() { Id = "m", Provider = "a" }), client);
        var response = await runtime.GetChatClient(new() { Id = "judge", Provider = "a" }).GetResponseAsync("ok?", cancellationToken: TestContext.Current.CancellationToken);
        (response.Text, response.ModelId).ShouldBe(("the answer", "judge"));
        client.Requests[^1].Options!.ModelId.ShouldBe("judge");
        Should.Throw<SpecValidationException>(() => runtime.GetChatClient(new() { Id = "m", Provider = "nobody" }));
    }

    private static RuntimeSpec Spec(string model, params IReadOnlyList<(string Name, ProviderSpec Provider)> providers) => Define.Runtime(
        Sample.Tenant, [Define.Specialist("solo", model, "You work.")],
        providers: providers.ToDictionary(provider => provider.Name, provider => provider.Provider));

    // The spec knows these kinds only; what answers is each test's own.
    private static ProviderSpec Key(string kind) => new() { Kind = kind == "one" ? "anthropic" : "openai", ApiKey = Secret };

    private static RuntimeOptions Options(params IReadOnlyList<Maker> makers) => new()
    {
        Interpreter = Interpreter.Live,
        ModelProviders = [.. makers.Select(maker => maker.Kind switch { "one" => maker.As("anthropic"), "two" => maker.As("openai"), _ => maker })],
        ModelCalls = LiveTeam.Impatient,
    };

    private sealed class Maker(string says, params string[] prefixes) : IModelProvider
    {
        public List<ModelProviderSettings> Settings { get; } = [];

        public int Disposed { get; private set; }

        private string? _kind;

        public string Kind => _kind ?? says;

        public string ApiKeyEnv { get; init; } = "SLUICE_NO_SUCH_KEY";

        public IReadOnlyList<string> ModelPrefixes => prefixes;

        public Maker As(string kind)
        {
            _kind = kind;
            return this;
        }

        public IChatClient CreateClient(ModelProviderSettings settings)
        {
            Settings.Add(settings);
            return new Client(this, says);
        }

        private sealed class Client(Maker maker, string says) : DelegatingChatClient(FunctionChatClient.Replies(Enumerable.Repeat(says, 10).ToList()))
        {
            protected override void Dispose(bool disposing)
            {
                maker.Disposed++;
                base.Dispose(disposing);
            }
        }
    }
}

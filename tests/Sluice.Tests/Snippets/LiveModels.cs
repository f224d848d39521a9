using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/live-models.md</c>.</summary>
public sealed class LiveModels
{
    [Fact]
    public void Spec_WithProviders_IsOneThatALiveRuntimeTakes()
    {
        // snippet: live
        var analyst = Define.Specialist(
            "analyst",
            new ModelSpec
            {
                Id = "claude-sonnet-4-6",
                Reasoning = ReasoningEffort.Medium,
                Fallbacks = ["gpt-5"],
            },
            "You answer questions about sales.");

        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [analyst],
            providers: new Dictionary<string, ProviderSpec>
            {
                ["anthropic"] = new() { Kind = "anthropic", ApiKeyEnv = "ANTHROPIC_API_KEY", MaxConcurrency = 16 },
                ["openai"] = new() { Kind = "openai", ApiKeyEnv = "OPENAI_API_KEY" },
            });

        var options = new RuntimeOptions
        {
            Interpreter = Interpreter.Live,
            ModelProviders = [new OpenAIModelProvider()],
        };
        // end

        var named = spec with { Providers = spec.Providers.ToDictionary(provider => provider.Key, provider => provider.Value with { ApiKeyEnv = "SLUICE_NO_SUCH_KEY" }) };
        Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(named, options)).Errors
            .Select(problem => (problem.Code, problem.Path)).ShouldBe([("no_credentials", "providers[anthropic]"), ("no_credentials", "providers[openai]")]);
    }

    [Fact]
    public async Task CustomProvider_WithAClientOfOnesOwn_Answers()
    {
        IChatClient yourClient = FunctionChatClient.Replies("from Bedrock");

        // snippet: live-custom
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [Define.Specialist("analyst", "my-model", "You answer questions about sales.")],
            providers: new Dictionary<string, ProviderSpec> { ["bedrock"] = new() { Kind = "custom" } });

        await using var runtime = SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Live,
            ChatClients = new Dictionary<string, IChatClient> { ["bedrock"] = yourClient },
        });
        // end

        (await runtime.QueryAsync("hi").OfType<TextEvent>().ToListAsync()).Single().Text.ShouldBe("from Bedrock");
    }

    [Fact]
    public void Budget_OfARun_IsPartOfItsOptions()
    {
        // snippet: live-budget
        var options = new RuntimeOptions
        {
            Interpreter = Interpreter.Live,
            Limits = new() { Turns = 60, ToolCalls = 200, CostUsd = 2.50m, WallTime = TimeSpan.FromMinutes(20) },
            Models = ModelTable.Default.With(new ModelInfo { Id = "my-finetune", InputPerMillion = 4, OutputPerMillion = 16 }),
        };
        // end

        options.Models.Find("my-finetune").ShouldNotBeNull();
        options.Limits.WrapUp.ShouldBeTrue();
    }
}

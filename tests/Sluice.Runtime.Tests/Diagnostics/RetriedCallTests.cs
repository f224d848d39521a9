using Sluice.Runtime.Tests.Providers;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Diagnostics;

[Collection(TelemetryCollection.Name)]
public sealed class RetriedCallTests
{
    [Fact]
    public async Task Calls_ThatAreMadeAgainAndFallBack_HaveSpansOfTheirOwnUnderTheirAgent()
    {
        var failing = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderOverloaded));
        var model = new ModelSpec { Id = "m", Provider = "a", Fallbacks = [new() { Id = "n", Provider = "b" }] };
        using var telemetry = new Telemetry();
        await using (var runtime = LiveTeam.Create(
            LiveTeam.Spec(model), failing, FunctionChatClient.Replies("from b"), options => options.ModelCalls = LiveTeam.Impatient with { MaxAttempts = 2 }))
        {
            (await runtime.RunAsync("go")).Text().ShouldBe("from b");
        }

        telemetry.Tree().ShouldBe(
            """
            invoke_agent solo
              chat m
              chat m
              chat n
            """);
        telemetry.Spans.Where(span => span.DisplayName == "chat m").ShouldAllBe(span => Equals(span.GetTagItem("error.type"), ErrorCodes.ProviderOverloaded));
        telemetry.Span("chat n").GetTagItem("error.type").ShouldBeNull();
        telemetry.Span("invoke_agent solo").GetTagItem("error.type").ShouldBeNull("the agent got its answer");
        telemetry.Spans.ShouldAllBe(span => span.GetTagItem("gen_ai.agent.name") != null);
    }
}

using System.Text;
using System.Text.Json;
using Sluice.Anthropic.Tests.Wire;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Runs;

/// <summary>The runtime over the client over HTTP: what it keeps of an answer is enough to send it back as it came.</summary>
public sealed class WholeRunTests
{
    private const string Mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";

    private static readonly ServedTurn[] Turns =
    [
        new()
        {
            Parts =
            [
                new ServedReasoning("", "cmVkYWN0ZWQ=", IsRedacted: true), new ServedReasoning("Two ways.", "c2lnMQ=="), new ServedReasoning("", "c2lnMg=="),
                new ServedText("I look."), new ServedCall("t1", "echo", JsonElement.Parse("""{ "text": "ü \"1\"" }""")), new ServedCall("t2", "echo", JsonElement.Parse("""{"text":"2"}""")),
            ],
        },
        new() { Parts = [new ServedReasoning("Again.", "c2lnMw=="), new ServedCall("t3", "echo", JsonElement.Parse("""{"wrong":1}"""))] },
        ServedTurn.OfText("Done."),
    ];

    [Fact]
    public async Task Reasoning_CallsAndResults_GoBackAsTheyCame()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turns[new AnthropicRequest(request).AssistantTurns]));
        var (_, requests) = await RunAsync(server);
        var messages = new AnthropicRequest(requests[2]).Messages;
        for (var turn = 0; turn < 2; turn++)
        {
            var sent = messages[1 + (turn * 2)].GetProperty("content").GetRawText().Replace(Mark, "", StringComparison.Ordinal);
            var served = AnthropicMessage.Of(Turns[turn], Clients.Model)["content"]!.ToJsonString();
            JsonElement.DeepEquals(JsonElement.Parse(sent), JsonElement.Parse(served)).ShouldBeTrue(sent);
        }

        new AnthropicRequest(requests[1]).ToolResults.Select(result => (result.Key, result.Value.GetString())).ShouldBe([("t1", "ü \"1\""), ("t2", "2")]);
        messages[^1].GetProperty("content")[0].GetProperty("is_error").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_OfARun_BeginWithTheBytesOfTheOneBefore()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turns[new AnthropicRequest(request).AssistantTurns]));
        var (_, requests) = await RunAsync(server);
        var bodies = requests.Select(request => Encoding.UTF8.GetString(request.Utf8Body.Span).Replace(Mark, "", StringComparison.Ordinal)).ToList();
        bodies.Count.ShouldBe(3);
        for (var turn = 1; turn < bodies.Count; turn++) bodies[turn].ShouldStartWith(bodies[turn - 1][..^2], Case.Sensitive);
    }

    [Fact]
    public async Task Failure_OfTheProvider_EndsTheRunWithItsCodeAndWithoutTheKey()
    {
        await using var server = await LocalModelServer.StartAsync(_ => AnthropicResponses.Error(401, "authentication_error", $"invalid key {Clients.Key}"));
        var (events, _) = await RunAsync(server);
        events.OfType<ErrorEvent>().ShouldHaveSingleItem().Error.Code.ShouldBe(ErrorCodes.ProviderAuth);
        events.ShouldAllBe(runtimeEvent => !runtimeEvent.ToJson().Contains(Clients.Key, StringComparison.Ordinal));
    }

    private static async Task<(List<RuntimeEvent> Events, IReadOnlyList<ModelRequest> Requests)> RunAsync(LocalModelServer server)
    {
        var echo = Define.Tool<EchoArguments, string>("echo", "Says it again.", (arguments, _) => Task.FromResult(arguments.Text), effect: ToolEffect.ReadOnly);
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", Clients.Model, "You echo.", tools: [echo])]);
        using var client = Clients.To(server.Address);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.FromClient(client) });
        List<RuntimeEvent> events = [];
        await foreach (var runtimeEvent in runtime.QueryAsync("go")) events.Add(runtimeEvent);
        return (events, server.Requests);
    }

    private sealed record EchoArguments(string Text);
}

using System.Text.Json;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;
using Sluice.OpenAI.Clients;

namespace Sluice.OpenAI.Tests.Clients;

/// <summary>The client under the runtime's loop, over a real connection.</summary>
public sealed class RuntimeTests
{
    [Fact]
    public async Task Run_WithParallelCalls_SendsTheHistoryThatTheProtocolAsksFor()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, request.Number == 1
            ? new() { Parts = [new ServedText("I look."), Call("c1", """{"text":"a", "n": 1.50}"""), Call("c2", """{"text":"Größe"}""")] }
            : ServedTurn.OfText("Done.")));

        (await RunAsync(server)).ShouldBe("Done.");

        var messages = server.Requests[1].Body.GetProperty("messages").EnumerateArray().ToArray();
        messages.Select(message => message.GetProperty("role").GetString()).ShouldBe(["system", "user", "assistant", "tool", "tool"]);
        messages[2].GetProperty("content").GetString().ShouldBe("I look.");
        messages[2].GetProperty("tool_calls").EnumerateArray()
            .Select(call => (call.GetProperty("id").GetString(), call.GetProperty("function").GetProperty("arguments").GetString()))
            .ShouldBe([("c1", """{"text":"a", "n": 1.50}"""), ("c2", """{"text":"Größe"}""")]);
        messages[3..].Select(message => (message.GetProperty("tool_call_id").GetString(), message.GetProperty("content").GetString()))
            .ShouldBe([("c1", """{"echo":"a"}"""), ("c2", """{"echo":"Größe"}""")]);
        server.Requests[1].Body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("echo");
    }

    [Fact]
    public async Task Call_WhoseArgumentsWereCutOff_IsToldToTheModelInsteadOfEndingTheRun()
    {
        var cut = Samples.Events(
            """{"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"echo","arguments":"{\"text\":\"hal"}}]}}]}""",
            """{"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""", "[DONE]");
        await using var server = await LocalModelServer.StartAsync(request => request.Number == 1
            ? new() { ContentType = "text/event-stream", Body = System.Text.Encoding.UTF8.GetBytes(cut) }
            : ChatCompletions.Answer(request, ServedTurn.OfText("Done.")));

        (await RunAsync(server)).ShouldBe("Done.");

        var messages = server.Requests[1].Body.GetProperty("messages").EnumerateArray().ToArray();
        messages[2].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{}");
        messages[3].GetProperty("content").GetString()!.ShouldContain("invalid_arguments");
    }

    [Fact]
    public async Task Run_WhoseProviderFails_EndsWithTheProvidersCode()
    {
        await using var server = await LocalModelServer.StartAsync(_ => ChatCompletions.Error(401, "invalid_request_error", "invalid_api_key", $"No: {Samples.Key}"));
        using var client = Samples.Client(server);
        await using var runtime = Create(client);

        var end = await (await runtime.StartAsync(new() { Prompt = "Go" })).Completion;

        var error = end.ShouldBeOfType<ErrorEvent>().Error;
        error.Code.ShouldBe(ErrorCodes.ProviderAuth);
        end.ToJson().ShouldNotContain(Samples.Key);
    }

    /// <summary>Runs the agent to its end.</summary>
    /// <returns>What it said in its last turn.</returns>
    private static async Task<string> RunAsync(LocalModelServer server)
    {
        using var client = Samples.Client(server);
        await using var runtime = Create(client);
        var run = await runtime.StartAsync(new() { Prompt = "Go" });
        await run.Completion;
        var said = new List<string>();
        await foreach (var happened in runtime.EventsAsync(run.RunId))
        {
            if (happened is StepStartEvent) said.Clear();
            if (happened is TextEvent text) said.Add(text.Text);
        }

        return string.Concat(said);
    }

    private static SluiceRuntime Create(OpenAIChatClient client) => SluiceRuntime.Create(
        Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", Samples.Model, "You echo.", tools:
        [
            Define.Tool<Echo>("echo", "Echoes.", (args, _) => Task.FromResult<object?>(new { echo = args.Text }), effect: ToolEffect.ReadOnly),
        ])]),
        new() { Interpreter = Interpreter.FromClient(client) });

    private static ServedCall Call(string id, string arguments) => new(id, "echo", JsonElement.Parse(arguments));

    private sealed record Echo(string Text, double? N = null);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Diagnostics;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Diagnostics;

/// <summary>What people and models say is in a trace when somebody asked for that, and never otherwise.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class ContentTests
{
    private const string Planted = "planted";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Run_WithoutOptIn_LeavesNoContentInAnySpan()
    {
        using var telemetry = new Telemetry();

        await RunAsync(new());

        telemetry.Spans.Count.ShouldBe(5, telemetry.Tree());
        telemetry.AllText().ShouldNotContain(Planted, Case.Insensitive);
        telemetry.AllText().ShouldNotContain("gen_ai.input.messages");
    }

    [Fact]
    public async Task Run_WithOptIn_HasTheShapesOfTheConventions()
    {
        using var telemetry = new Telemetry();

        await RunAsync(new() { CaptureContent = true });

        var last = telemetry.Spans.Last(span => span.DisplayName == "chat model-1");
        Json(last, "gen_ai.system_instructions").ShouldBe(
            """[{"type":"text","content":"Planted instructions.\n\n## Tools\n- look: Looks.\n- write: Writes."}]""");
        Json(last, "gen_ai.input.messages").ShouldBe(Compact(
            """
            [
              {"role":"user","parts":[{"type":"text","content":"Planted prompt"}]},
              {"role":"assistant","parts":[
                {"type":"reasoning","content":"planted thought"},
                {"type":"text","content":"planted words"},
                {"type":"tool_call","id":"c1","name":"look","arguments":{"text":"planted argument"}},
                {"type":"tool_call","id":"c2","name":"write","arguments":{"text":"planted failure"}}]},
              {"role":"tool","parts":[
                {"type":"tool_call_response","id":"c1","response":{"found":"planted result"}},
                {"type":"tool_call_response","id":"c2","response":{"error":{"code":"tool_failed","message":"'write' failed: planted failure"}}}]}
            ]
            """));
        Json(last, "gen_ai.output.messages").ShouldBe("""[{"role":"assistant","parts":[{"type":"text","content":"planted answer"}],"finish_reason":"stop"}]""");
        var tools = JsonElement.Parse(Json(last, "gen_ai.tool.definitions"));
        tools[0].GetProperty("type").GetString().ShouldBe("function");
        tools[0].GetProperty("name").GetString().ShouldBe("look");
        tools[0].GetProperty("description").GetString().ShouldBe("Looks.");
        tools[0].GetProperty("parameters").GetProperty("type").GetString().ShouldBe("object");
        var first = telemetry.Span("chat model-1");
        JsonElement.Parse(Json(first, "gen_ai.output.messages"))[0].GetProperty("finish_reason").GetString().ShouldBe("tool_call");
        var tool = telemetry.Span("execute_tool look");
        Json(tool, "gen_ai.tool.call.arguments").ShouldBe("""{"text":"planted argument"}""");
        Json(tool, "gen_ai.tool.call.result").ShouldBe("""{"found":"planted result"}""");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Environment_TurnsItOnToo(string value, bool expected)
    {
        var before = Environment.GetEnvironmentVariable(ContentCapture.Variable);
        Environment.SetEnvironmentVariable(ContentCapture.Variable, value);
        try
        {
            ContentCapture.IsOn(new()).ShouldBe(expected);
            ContentCapture.IsOn(new() { CaptureContent = true }).ShouldBeTrue();
        }
        finally
        {
            Environment.SetEnvironmentVariable(ContentCapture.Variable, before);
        }
    }

    private static async Task RunAsync(RuntimeOptions options)
    {
        options.Interpreter = Interpreter.FromClient(FunctionChatClient.Replies(
            new ChatMessage(ChatRole.Assistant,
            [
                new TextReasoningContent("planted thought"), new TextContent("planted words"),
                FunctionChatClient.Call("c1", "look", new { text = "planted argument" }), FunctionChatClient.Call("c2", "write", new { text = "planted failure" }),
            ]),
            FunctionChatClient.Text("planted answer")));
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "model-1", "Planted instructions.", tools:
        [
            Define.Tool<Note>("look", "Looks.", (_, _) => Task.FromResult<object?>(new { found = "planted result" }), effect: ToolEffect.ReadOnly),
            Define.Tool<Note>("write", "Writes.", (note, _) => throw new InvalidOperationException(note.Text)),
        ])]);
        await using var runtime = SluiceRuntime.Create(spec, options);
        await (await runtime.StartAsync(new() { Prompt = "Planted prompt" })).Completion;
    }

    private static string Json(System.Diagnostics.Activity span, string tag) => span.GetTagItem(tag).ShouldBeOfType<string>();

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json), Relaxed);

    private sealed record Note(string Text);
}

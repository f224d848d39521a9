using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;

namespace Sluice.OpenAI.Tests.Requests;

/// <summary>What reaches the API, member by member.</summary>
public sealed class WireRequestTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"a":{"$ref":"#/$defs/x"},"b":{"type":"string","minLength":2}},"required":["a"],"additionalProperties":{"type":"string"},"$defs":{"x":{"type":"integer"}}}""");

    private static AIFunctionDeclaration Tool { get; } = AIFunctionFactory.CreateDeclaration("query", "Asks the database.", Schema);

    [Fact]
    public async Task Request_WithoutOptions_StreamsAndAsksForUsage()
    {
        var body = await SentAsync(Samples.Options);

        body.GetProperty("model").GetString().ShouldBe(Samples.Model);
        body.GetProperty("stream").GetBoolean().ShouldBeTrue();
        body.GetProperty("stream_options").GetRawText().ShouldBe("""{"include_usage":true}""");
        body.TryGetProperty("tools", out _).ShouldBeFalse();
        body.TryGetProperty("tool_choice", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task MaxOutputTokens_IsMaxCompletionTokens() =>
        (await SentAsync(new() { ModelId = Samples.Model, MaxOutputTokens = 77 })).GetProperty("max_completion_tokens").GetInt32().ShouldBe(77);

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    [InlineData(ReasoningEffort.ExtraHigh, "xhigh")]
    public async Task Reasoning_IsReasoningEffort(ReasoningEffort effort, string expected) =>
        (await SentAsync(new() { ModelId = Samples.Model, Reasoning = new() { Effort = effort } })).GetProperty("reasoning_effort").GetString().ShouldBe(expected);

    [Fact]
    public async Task Tools_GoOutWithTheirSchemasAsWritten()
    {
        var tool = (await SentAsync(new() { ModelId = Samples.Model, Tools = [Tool] })).GetProperty("tools").EnumerateArray().ShouldHaveSingleItem();

        tool.GetProperty("type").GetString().ShouldBe("function");
        var function = tool.GetProperty("function");
        function.GetProperty("name").GetString().ShouldBe("query");
        function.GetProperty("description").GetString().ShouldBe("Asks the database.");
        function.GetProperty("parameters").GetRawText().ShouldBe(Schema.GetRawText());
        function.TryGetProperty("strict", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Tool_ThatAsksForStrict_IsStrictBesideOthers()
    {
        var strict = AIFunctionFactory.Create((string text) => text, new AIFunctionFactoryOptions
        {
            Name = "strict",
            AdditionalProperties = new Dictionary<string, object?> { ["strict"] = true },
        });

        var tools = (await SentAsync(new() { ModelId = Samples.Model, Tools = [Tool, strict] })).GetProperty("tools").EnumerateArray()
            .ToDictionary(tool => tool.GetProperty("function").GetProperty("name").GetString()!, tool => tool.GetProperty("function"));

        tools["strict"].GetProperty("strict").GetBoolean().ShouldBeTrue();
        tools["query"].TryGetProperty("strict", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ToolMode_None_IsSaidWithTheTools()
    {
        var body = await SentAsync(new() { ModelId = Samples.Model, Tools = [Tool], ToolMode = ChatToolMode.None, AllowMultipleToolCalls = false });

        body.GetProperty("tools").GetArrayLength().ShouldBe(1);
        body.GetProperty("tool_choice").GetString().ShouldBe("none");
        body.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task ToolMode_Required_IsSaid()
    {
        (await SentAsync(new() { ModelId = Samples.Model, Tools = [Tool], ToolMode = ChatToolMode.RequireAny }))
            .GetProperty("tool_choice").GetString().ShouldBe("required");
        (await SentAsync(new() { ModelId = Samples.Model, Tools = [Tool], ToolMode = ChatToolMode.RequireSpecific("query") }))
            .GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("query");
    }

    [Fact]
    public async Task ResponseFormat_GoesOutWithItsSchemaAsWritten()
    {
        var format = (await SentAsync(new() { ModelId = Samples.Model, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "stock level", "What is short.") }))
            .GetProperty("response_format");

        format.GetProperty("type").GetString().ShouldBe("json_schema");
        var schema = format.GetProperty("json_schema");
        schema.GetProperty("name").GetString().ShouldBe("stock_level", "the API takes letters, digits, '_' and '-'");
        schema.GetProperty("description").GetString().ShouldBe("What is short.");
        schema.GetProperty("schema").GetRawText().ShouldBe(Schema.GetRawText());
    }

    [Fact]
    public async Task ResponseFormat_WithoutASchema_IsAJsonObject() =>
        (await SentAsync(new() { ModelId = Samples.Model, ResponseFormat = ChatResponseFormat.Json })).GetProperty("response_format").GetProperty("type").GetString()
            .ShouldBe("json_object");

    [Fact]
    public async Task Options_OfACall_AreNotChanged()
    {
        var options = new ChatOptions { ModelId = Samples.Model, Tools = [Tool], ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema) };

        await SentAsync(options);

        options.Tools.ShouldBe([Tool]);
        options.ResponseFormat.ShouldNotBeNull();
        options.RawRepresentationFactory.ShouldBeNull();
    }

    [Fact]
    public async Task History_OfToolTurns_GoesOutCompactAndComplete()
    {
        var arguments = JsonElement.Parse("""{ "n":1.50 }""");
        var body = await SentAsync(Samples.Options,
            new(ChatRole.System, "You count."),
            new(ChatRole.User, "Count."),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("hm") { ProtectedData = "sig" }, new TextContent("I look."),
                new FunctionCallContent("1", "query", new Dictionary<string, object?> { ["n"] = 1.5 }) { RawRepresentation = arguments },
                new FunctionCallContent("2", "query", new Dictionary<string, object?> { ["text"] = "é" }),
                new FunctionCallContent("3", "query"),
            ]),
            new(ChatRole.Tool,
            [
                new FunctionResultContent("1", JsonElement.Parse("""{"rows":[1,2]}""")), new FunctionResultContent("2", JsonElement.Parse("\"line\\nbreak\"")),
                new FunctionResultContent("3", "done"),
            ]));

        var messages = body.GetProperty("messages").EnumerateArray().ToArray();
        messages.Select(message => message.GetProperty("role").GetString()).ShouldBe(["system", "user", "assistant", "tool", "tool", "tool"]);
        messages[2].GetProperty("content").GetString().ShouldBe("I look.");
        messages[2].GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("function").GetProperty("arguments").GetString())
            .ShouldBe(["""{ "n":1.50 }""", """{"text":"é"}""", "{}"]);
        messages[3..].Select(message => (message.GetProperty("tool_call_id").GetString(), message.GetProperty("content").GetString()))
            .ShouldBe([("1", """{"rows":[1,2]}"""), ("2", "line\nbreak"), ("3", "done")]);
    }

    [Fact]
    public async Task Headers_OfTheSettings_AreAddedAndWin()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, ServedTurn.OfText("a")));
        using var client = Samples.Client(server, Samples.Settings with
        {
            Headers = new Dictionary<string, string> { ["OpenAI-Project"] = "p1", ["Authorization"] = "Custom other-key-00001", ["user-agent"] = "sluice" },
        });

        await client.AskAsync();

        var headers = server.Requests.ShouldHaveSingleItem().Headers;
        headers["openai-project"].ShouldBe("p1");
        headers["authorization"].ShouldBe("Custom other-key-00001");
        headers["user-agent"].ShouldBe("sluice");
    }

    [Fact]
    public async Task Key_IsTheBearerToken()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, ServedTurn.OfText("a")));
        using var client = Samples.Client(server);

        await client.AskAsync();

        server.Requests.ShouldHaveSingleItem().Headers["authorization"].ShouldBe($"Bearer {Samples.Key}");
    }

    private static async Task<JsonElement> SentAsync(ChatOptions options, params ChatMessage[] messages)
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, ServedTurn.OfText("a")));
        using var client = Samples.Client(server);
        await client.GetResponseAsync(messages.Length > 0 ? messages : [new(ChatRole.User, "q")], options);
        return server.Requests.ShouldHaveSingleItem().Body;
    }
}

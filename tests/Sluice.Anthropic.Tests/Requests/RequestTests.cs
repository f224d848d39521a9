using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Requests;

public sealed class RequestTests
{
    private static readonly AIFunctionDeclaration Tool = AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonElement.Parse("""{"type":"object"}"""));

    [Fact]
    public async Task Sampling_ToAModelThatTakesIt_IsSent()
    {
        var body = await SendAsync(Sampled("claude-sonnet-4-6"));
        (body.GetProperty("temperature").GetSingle(), body.GetProperty("top_p").GetSingle(), body.GetProperty("top_k").GetInt32()).ShouldBe((0.5f, 0.9f, 40));
    }

    [Theory]
    [InlineData("claude-opus-4-7")]
    [InlineData("claude-opus-5-5")]
    [InlineData("claude-fable-5-2")]
    public async Task Sampling_ToAModelThatRefusesIt_IsLeftOut(string model) => ShouldNotHave(await SendAsync(Sampled(model)), "temperature", "top_p", "top_k");

    [Fact]
    public async Task Sampling_UnderAVersionWithoutIt_IsLeftOut() =>
        ShouldNotHave(await SendAsync(Sampled("claude-sonnet-4-6"), version: "2026-10-21"), "temperature", "top_p", "top_k");

    [Fact]
    public async Task Thinking_TurnedOn_DropsTemperatureAndForcedTools()
    {
        var options = Sampled("claude-sonnet-4-5");
        options.Reasoning = new() { Effort = ReasoningEffort.Medium };
        options.Tools = [Tool];
        options.ToolMode = ChatToolMode.RequireAny;
        var body = await SendAsync(options);
        ShouldNotHave(body, "temperature", "top_p", "top_k");
        body.GetProperty("tool_choice").GetRawText().ShouldBe("""{"type":"auto"}""");
        body.GetProperty("thinking").GetRawText().ShouldBe("""{"type":"enabled","budget_tokens":8192}""");
        body.GetProperty("max_tokens").GetInt32().ShouldBe(32_000 + 8192);
    }

    [Theory]
    [InlineData("claude-3-5-haiku-20241022", null, null)]
    [InlineData("claude-3-7-sonnet-20250219", "enabled", null)]
    [InlineData("claude-sonnet-4-20250514", "enabled", null)]
    [InlineData("claude-opus-4-1-20250805", "enabled", null)]
    [InlineData("claude-haiku-4-5", "enabled", null)]
    [InlineData("claude-sonnet-4-6", "adaptive", "max")]
    [InlineData("claude-opus-4-6", "adaptive", "max")]
    [InlineData("claude-opus-4-8", "adaptive", "xhigh")]
    [InlineData("claude-sonnet-5", "adaptive", "xhigh")]
    [InlineData("claude-haiku-5-5-20260915", "adaptive", "xhigh")]
    [InlineData("claude-mythos-preview", "adaptive", "xhigh")]
    public async Task Thinking_AtTheHighestEffort_HasTheFormOfTheFamily(string model, string? type, string? effort)
    {
        var body = await SendAsync(new() { ModelId = model, Reasoning = new() { Effort = ReasoningEffort.ExtraHigh } });
        (body.TryGetProperty("thinking", out var thinking) ? thinking.GetProperty("type").GetString() : null).ShouldBe(type);
        (body.TryGetProperty("output_config", out var output) ? output.GetProperty("effort").GetString() : null).ShouldBe(effort);
    }

    [Fact]
    public async Task Thinking_TurnedOffWhereItCannotBe_IsTheLowestEffort()
    {
        var body = await SendAsync(new() { ModelId = "claude-fable-5", Reasoning = new() { Effort = ReasoningEffort.None } });
        ShouldNotHave(body, "thinking");
        body.GetProperty("output_config").GetRawText().ShouldBe("""{"effort":"low"}""");
    }

    [Fact]
    public async Task Schema_WithLimitsThatAreRefused_TellsThemInTheDescription()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer","description":"How many.","minimum":3,"maximum":9}}}""");
        var body = await SendAsync(new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) });
        var sent = body.GetProperty("output_config").GetProperty("format").GetProperty("schema").GetProperty("properties").GetProperty("n");
        sent.GetProperty("description").GetString().ShouldBe("How many. (minimum: 3, maximum: 9)");
        ShouldNotHave(sent, "minimum", "maximum");
    }

    [Fact]
    public async Task Reasoning_OfAnotherProviderOrUnsigned_IsNotSent()
    {
        var message = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("a"), new TextReasoningContent("b") { ProtectedData = "gAAAAB" }, new TextContent("c")]);
        var body = await SendAsync(new(), new(ChatRole.User, "hi"), message, new(ChatRole.User, "so?"));
        body.GetProperty("messages")[1].GetRawText().ShouldBe("""{"role":"assistant","content":[{"type":"text","text":"c"}]}""");
    }

    [Fact]
    public async Task Reasoning_RedactedAndWithoutText_GoesBackAsItCame()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Thinking));
        var answer = await client.GetResponseAsync("hi");
        var body = await SendAsync(new(), new(ChatRole.User, "hi"), answer.Messages.Single(), new(ChatRole.User, "so?"));
        body.GetProperty("messages")[1].GetProperty("content").GetRawText().ShouldBe(
            """[{"type":"thinking","thinking":"First, 27 = 3³.","signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk"},"""
            + """{"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix"},{"type":"thinking","thinking":"","signature":"EosnCkYICxIMMb3LzNrMu"},"""
            + """{"type":"text","text":"It is 3."}]""");
    }

    [Fact]
    public async Task Arguments_ThatAreRaw_AreSentByteForByte()
    {
        var raw = JsonElement.Parse("""{ "n" : 1.50, "text":"\u00fc" }""");
        var call = new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "look") { RawRepresentation = raw }]);
        var text = await SendTextAsync(new(), new(ChatRole.User, "hi"), call);
        text.ShouldContain("""{"type":"tool_use","id":"c1","name":"look","input":{ "n" : 1.50, "text":"\u00fc" }}""");
    }

    [Fact]
    public async Task Text_WithHalfACharacter_IsSentWithAReplacement()
    {
        var text = "a" + '\ud83d' + "b";
        var body = await SendAsync(new() { Instructions = text }, new ChatMessage(ChatRole.User, text));
        body.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("a\ufffdb");
    }

    [Theory]
    [InlineData("""{"error":"no"}""", true)]
    [InlineData("""{"error":"no","rows":1}""", false)]
    [InlineData("""["error"]""", false)]
    public async Task Result_WithOnlyAnError_IsOne(string result, bool isError)
    {
        var text = await SendTextAsync(new(), new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", JsonElement.Parse(result))]));
        text.Contains("\"is_error\":true", StringComparison.Ordinal).ShouldBe(isError);
    }

    [Fact]
    public async Task Content_ThatCannotBeSent_IsNamed()
    {
        var failures = new List<string>();
        foreach (var content in (AIContent[])[new DataContent(new byte[1], "audio/wav"), new ErrorContent("x"), new HostedFileContent("f"), new UriContent("https://a.b/c", "video/mp4")])
            failures.Add((await Should.ThrowAsync<ProviderException>(() => SendAsync(new(), new ChatMessage(ChatRole.User, [content])))).Message);
        failures.ShouldBe([
            "The request holds data of the media type 'audio/wav', which cannot be sent to Anthropic's Messages API. Remove it, or give it as text.",
            "The request holds content of the type ErrorContent, which cannot be sent to Anthropic's Messages API. Remove it, or give it as text.",
            "The request holds content of the type HostedFileContent, which cannot be sent to Anthropic's Messages API. Remove it, or give it as text.",
            "The request holds data of the media type 'video/mp4', which cannot be sent to Anthropic's Messages API. Remove it, or give it as text.",
        ]);
    }

    [Fact]
    public async Task Options_ThatCannotBeSent_AreNamed()
    {
        (await Should.ThrowAsync<ProviderException>(() => SendAsync(new() { Tools = [new HostedWebSearchTool()] }))).Message.ShouldContain("HostedWebSearchTool");
        (await Should.ThrowAsync<ProviderException>(() => SendAsync(new() { ResponseFormat = ChatResponseFormat.Json }))).Message.ShouldContain("without a schema");
        (await Should.ThrowAsync<ArgumentException>(() => SendAsync(new() { ModelId = " " }))).Message.ShouldContain("No model is named");
        await Should.ThrowAsync<ArgumentException>(() => SendAsync(new(), new ChatMessage(ChatRole.User, " ")));
    }

    private static ChatOptions Sampled(string model) => new() { ModelId = model, Temperature = 0.5f, TopP = 0.9f, TopK = 40 };

    private static void ShouldNotHave(JsonElement body, params IReadOnlyList<string> members)
    {
        foreach (var member in members) body.TryGetProperty(member, out _).ShouldBeFalse(member);
    }

    private static async Task<JsonElement> SendAsync(ChatOptions options, params ChatMessage[] messages) => JsonElement.Parse(await SendTextAsync(options, messages));

    private static async Task<JsonElement> SendAsync(ChatOptions options, string version) => JsonElement.Parse(await SendTextAsync(options, [], version));

    private static Task<string> SendTextAsync(ChatOptions options, params ChatMessage[] messages) => SendTextAsync(options, messages, "2023-06-01");

    private static async Task<string> SendTextAsync(ChatOptions options, ChatMessage[] messages, string version)
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var client = Clients.Ours(handler, version: version);
        await client.GetResponseAsync(messages is [] ? [new(ChatRole.User, "hi")] : messages, options);
        return Encoding.UTF8.GetString(handler.Bodies.Single());
    }
}

using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Oracle;

/// <summary>The official SDK writes the same requests, but for the differences listed in <see cref="DeliberateDifferences"/>.</summary>
public sealed class RequestOracleTests
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create(
        ([Description("The city")] string city, int? days) => $"{city} {days}", "weather", "Tells the weather.");

    private static readonly AIFunction Clock = AIFunctionFactory.Create(() => "noon", "clock");

    private static readonly Dictionary<string, (ChatMessage[] Messages, ChatOptions Options)> Shapes = new()
    {
        ["one message"] = ([User("hi")], new()),
        ["system and instructions"] = ([new(ChatRole.System, "Be brief."), User("hi")], new() { Instructions = "Answer in \"French\" <b>ü</b>." }),
        ["conversation"] = ([User("a"), new(ChatRole.Assistant, "b"), User("c\n\t\u2028🐻")], new() { MaxOutputTokens = 77, StopSequences = ["END", "\n\n"] }),
        ["blank texts"] = ([User("a"), new(ChatRole.Assistant, " "), new(ChatRole.User, [new TextContent(""), new TextContent("b")])], new()),
        ["tools"] = ([User("hi")], new() { Tools = [Weather, Clock] }),
        ["tools, one at a time"] = ([User("hi")], new() { Tools = [Weather], AllowMultipleToolCalls = false, ToolMode = ChatToolMode.Auto }),
        ["tools, none"] = ([User("hi")], new() { Tools = [Weather], ToolMode = ChatToolMode.None }),
        ["tools, any"] = ([User("hi")], new() { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true }),
        ["tools, one of them"] = ([User("hi")], new() { Tools = [Weather, Clock], ToolMode = ChatToolMode.RequireSpecific("clock"), AllowMultipleToolCalls = true }),
        ["calls and results"] = (Calls(), new() { Tools = [Weather] }),
        ["images and documents"] = ([new(ChatRole.User, Media())], new()),
        ["result with an image"] = ([User("hi"), Call(), new(ChatRole.Tool, [new FunctionResultContent("c1", Media()[0])])], new()),
        ["schema"] = ([User("hi")], new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema()) }),
        ["effort low"] = ([User("hi")], Reasoning(ReasoningEffort.Low)),
        ["effort high, omitted"] = ([User("hi")], Reasoning(ReasoningEffort.High, ReasoningOutput.None)),
        ["effort medium, summary"] = ([User("hi")], Reasoning(ReasoningEffort.Medium, ReasoningOutput.Summary)),
        ["effort highest"] = ([User("hi")], Reasoning(ReasoningEffort.ExtraHigh, model: "claude-opus-5-5")),
        ["no reasoning"] = ([User("hi")], Reasoning(ReasoningEffort.None)),
        ["reasoning, no effort"] = ([User("hi")], new() { Reasoning = new() }),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_WrittenByBoth_IsTheSameJson(string name)
    {
        var (messages, options) = Shapes[name];
        var ours = await SendAsync(handler => Clients.Ours(handler, usePromptCaching: true), messages, options);
        var theirs = await SendAsync(handler => Clients.Oracle(handler), messages, options);
        DeliberateDifferences.Remove(ours).ShouldBe(DeliberateDifferences.Remove(theirs));
    }

    [Theory]
    [InlineData(ReasoningEffort.Low, 4000)]
    [InlineData(ReasoningEffort.Medium, 20_000)]
    [InlineData(ReasoningEffort.High, 20_000)]
    [InlineData(ReasoningEffort.ExtraHigh, 2000)]
    [InlineData(ReasoningEffort.ExtraHigh, 1024)]
    [InlineData(ReasoningEffort.None, 4000)]
    public async Task Request_ToAModelWithBudgets_IsTheSameJson(ReasoningEffort effort, int maxTokens)
    {
        var options = Reasoning(effort, model: "claude-sonnet-4-5");
        options.MaxOutputTokens = maxTokens;
        var ours = await SendAsync(handler => Clients.Ours(handler), [User("hi")], options);
        var theirs = await SendAsync(handler => Clients.Oracle(handler, AnthropicThinkingMode.Extended), [User("hi")], options);
        DeliberateDifferences.Remove(ours).ShouldBe(DeliberateDifferences.Remove(theirs));
    }

    [Fact]
    public async Task Request_WithReasoningOfAnEarlierAnswer_IsTheSameJson()
    {
        var ours = await SendAsync(handler => Clients.Ours(handler), WithReasoning("anthropic/thinking:sig+/=="), new());
        var theirs = await SendAsync(handler => Clients.Oracle(handler), WithReasoning("sig+/=="), new());
        DeliberateDifferences.Remove(ours).ShouldBe(DeliberateDifferences.Remove(theirs));

        static ChatMessage[] WithReasoning(string data) =>
            [User("hi"), new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = data }, new TextContent("Yes.")]), User("so?")];
    }

    private static async Task<byte[]> SendAsync(Func<HttpMessageHandler, IChatClient> create, ChatMessage[] messages, ChatOptions options)
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var client = create(handler);
        await foreach (var _ in client.GetStreamingResponseAsync(messages, options))
        {
            // Only what was sent counts here.
        }

        return handler.Bodies.ShouldHaveSingleItem();
    }

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static ChatMessage Call() => new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Paris" })]);

    private static ChatMessage[] Calls() =>
    [
        User("hi"),
        new(ChatRole.Assistant,
        [
            new TextContent("I look."),
            new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Zürich \"Nord\"", ["days"] = 3, ["deep"] = JsonElement.Parse("[1.50]") }),
            new FunctionCallContent("c2", "clock"),
        ]),
        new(ChatRole.Tool,
        [
            new FunctionResultContent("c1", JsonElement.Parse("""{"sky":"bleu","degrees":[1,2.50]}""")),
            new FunctionResultContent("c2", "noon"),
            new FunctionResultContent("c3", null),
            new FunctionResultContent("c4", JsonElement.Parse("""{"error":{"code":"tool_failed"}}""")),
            new FunctionResultContent("c5", JsonElement.Parse("\"text\"")),
            new FunctionResultContent("c6", new[] { 1, 2 }),
        ]),
    ];

    private static List<AIContent> Media() =>
    [
        new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
        new UriContent("https://example.com/a.jpg", "image/jpeg"),
        new DataContent(new byte[] { 37, 80 }, "application/pdf"),
        new UriContent("https://example.com/a.pdf", "application/pdf"),
        new DataContent(Encoding.UTF8.GetBytes("plain ü"), "text/plain"),
    ];

    private static ChatOptions Reasoning(ReasoningEffort effort, ReasoningOutput? output = null, string model = Clients.Model) =>
        new() { ModelId = model, MaxOutputTokens = 9000, Reasoning = new() { Effort = effort, Output = output } };

    private static JsonElement Schema() => JsonElement.Parse("""
        {"type":"object","properties":{"name":{"type":"string","description":"A name"},"lines":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}}}}},"required":["name"]}
        """);
}

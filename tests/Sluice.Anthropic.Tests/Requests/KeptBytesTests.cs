using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Requests;
using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Requests;

public sealed class KeptBytesTests
{
    [Fact]
    public void Message_NotChanged_IsWrittenOnce()
    {
        var message = new ChatMessage(ChatRole.User, "hi");
        WrittenMessage.Of(message).ShouldBeSameAs(WrittenMessage.Of(message));
    }

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static readonly Dictionary<string, Action<ChatMessage>> Changed = new()
    {
        ["text"] = message => ((TextContent)message.Contents[0]).Text = "changed",
        ["added"] = message => message.Contents.Add(new TextContent("changed")),
        ["replaced"] = message => message.Contents[0] = new TextContent("changed"),
        ["removed"] = message => message.Contents.RemoveAt(0),
        ["role"] = message => message.Role = ChatRole.Assistant,
        ["arguments"] = message => ((FunctionCallContent)message.Contents[1]).Arguments = new Dictionary<string, object?> { ["changed"] = 1 },
        ["raw arguments"] = message => message.Contents[1].RawRepresentation = JsonElement.Parse("""{"changed":1}"""),
        ["result"] = message => ((FunctionResultContent)message.Contents[2]).Result = "changed",
        ["failure"] = message => ((FunctionResultContent)message.Contents[2]).Exception = new InvalidOperationException("changed"),
        ["signature"] = message => ((TextReasoningContent)message.Contents[3]).ProtectedData = "anthropic/thinking:changed",
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Message_Changed_IsWrittenAgain(string change)
    {
        var message = new ChatMessage(ChatRole.User,
        [
            new TextContent("a"),
            new FunctionCallContent("c", "look", new Dictionary<string, object?>()),
            new FunctionResultContent("c", "r"),
            new TextReasoningContent("t") { ProtectedData = "anthropic/thinking:s" },
        ]);
        var before = WrittenMessage.Of(message);
        Changed[change](message);
        var after = WrittenMessage.Of(message);
        after.ShouldNotBeSameAs(before);
        after.Json.Span.SequenceEqual(before.Json.Span).ShouldBeFalse();
        WrittenMessage.Of(message).ShouldBeSameAs(after);
    }

    [Fact]
    public void Message_WhoseRawRepresentationIsAnothers_KeepsIt()
    {
        var message = new ChatMessage(ChatRole.User, "hi") { RawRepresentation = "theirs" };
        WrittenMessage.Of(message).Json.IsEmpty.ShouldBeFalse();
        message.RawRepresentation.ShouldBe("theirs");
    }

    public static TheoryData<string> OptionChanges => [.. ChangedOptions.Keys];

    private static readonly Dictionary<string, Action<ChatOptions>> ChangedOptions = new()
    {
        ["model"] = options => options.ModelId = "claude-haiku-4-5",
        ["instructions"] = options => options.Instructions = "changed",
        ["tokens"] = options => options.MaxOutputTokens = 5,
        ["temperature"] = options => options.Temperature = 0.1f,
        ["top-p"] = options => options.TopP = 0.1f,
        ["top-k"] = options => options.TopK = 1,
        ["stops"] = options => options.StopSequences!.Add("changed"),
        ["tools"] = options => options.Tools!.Add(AIFunctionFactory.Create(() => 1, "changed")),
        ["tool mode"] = options => options.ToolMode = ChatToolMode.RequireAny,
        ["parallel"] = options => options.AllowMultipleToolCalls = false,
        ["reasoning"] = options => options.Reasoning = new(),
        ["format"] = options => options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}""")),
    };

    [Theory]
    [MemberData(nameof(OptionChanges))]
    public async Task Options_ChangedBetweenCalls_AreWrittenAnew(string change)
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var client = Clients.Ours(handler);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")], StopSequences = ["a"] };
        await client.GetResponseAsync("hi", options);
        await client.GetResponseAsync("hi", options.Clone());
        ChangedOptions[change](options);
        await client.GetResponseAsync("hi", options);
        var bodies = handler.Bodies.ConvertAll(Encoding.UTF8.GetString);
        bodies[1].ShouldBe(bodies[0]);
        bodies[2].ShouldNotBe(bodies[0]);
    }

    [Fact]
    public async Task Options_OfMoreKindsThanAreKept_AreAllWrittenRight()
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var client = Clients.Ours(handler);
        for (var call = 0; call < 100; call++) await client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1 + (call % 40) });
        for (var call = 0; call < 100; call++) JsonElement.Parse(handler.Bodies[call]).GetProperty("max_tokens").GetInt32().ShouldBe(1 + (call % 40));
    }
}

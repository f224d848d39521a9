using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Requests;

public sealed class PromptCachingTests
{
    private const string Mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";

    private static readonly AIFunctionDeclaration Tool = AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonElement.Parse("""{"type":"object"}"""));

    [Fact]
    public async Task Marks_OfALongConversation_StandAfterToolsSystemAndTheLastTwoUserMessages()
    {
        var bodies = await ConverseAsync(turns: 3);
        var last = JsonElement.Parse(bodies[^1]);
        last.GetProperty("tools")[0].TryGetProperty("cache_control", out _).ShouldBeTrue();
        last.GetProperty("system")[0].TryGetProperty("cache_control", out _).ShouldBeTrue();
        var marked = last.GetProperty("messages").EnumerateArray()
            .Select((message, index) => (index, count: Marks(message.GetRawText())))
            .Where(message => message.count > 0);
        marked.ShouldBe([(4, 1), (6, 1)]);
        bodies.ShouldAllBe(body => Marks(body) <= 4);
    }

    [Fact]
    public async Task Requests_OfAGrowingConversation_BeginWithTheSameBytes()
    {
        var bodies = (await ConverseAsync(turns: 20)).ConvertAll(body => body.Replace(Mark, "", StringComparison.Ordinal));
        for (var turn = 1; turn < bodies.Count; turn++)
            bodies[turn].ShouldStartWith(bodies[turn - 1][..^2], Case.Sensitive, $"turn {turn}");
    }

    [Fact]
    public async Task Marks_TurnedOff_AreNotThere() =>
        (await ConverseAsync(turns: 2, usePromptCaching: false)).ShouldAllBe(body => !body.Contains("cache_control", StringComparison.Ordinal));

    [Fact]
    public async Task Mark_OfAMessageThatEndsInReasoning_StandsOnTheBlockBefore()
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var client = Clients.Ours(handler, usePromptCaching: true);
        var thought = new TextReasoningContent("t") { ProtectedData = "anthropic/thinking:s" };
        await client.GetResponseAsync([new(ChatRole.User, "hi"), new(ChatRole.Assistant, [new TextContent("a"), thought])]);
        Encoding.UTF8.GetString(handler.Bodies[0]).ShouldEndWith(
            "{\"type\":\"text\",\"text\":\"a\"" + Mark + "},{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"}]}]}");
    }

    /// <summary>What the runtime does: the same list grows, with the same options.</summary>
    internal static async Task<List<string>> ConverseAsync(int turns, bool usePromptCaching = true)
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Tools);
        using var client = Clients.Ours(handler, usePromptCaching);
        var options = new ChatOptions { Tools = [Tool] };
        List<ChatMessage> messages = [new(ChatRole.System, "You look."), new(ChatRole.User, "hi")];
        for (var turn = 0; turn <= turns; turn++)
        {
            var answer = await client.GetResponseAsync(messages, options);
            messages.AddRange(answer.Messages);
            messages.Add(new(ChatRole.Tool, [.. answer.Messages[0].Contents.OfType<FunctionCallContent>().Select(call => new FunctionResultContent(call.CallId, $"result {turn}"))]));
        }

        return handler.Bodies.ConvertAll(Encoding.UTF8.GetString);
    }

    private static int Marks(string json) => (json.Length - json.Replace(Mark, "", StringComparison.Ordinal).Length) / Mark.Length;
}

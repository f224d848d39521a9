using System.Text.Json;
using Microsoft.Extensions.AI;
using static Sluice.Testing.FunctionChatClient;

namespace Sluice.Testing.Tests.Clients;

public sealed class FunctionChatClientTests
{
    private static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_AskedInSequence_AreGivenInOrder()
    {
        using var client = Replies("one", "two");

        (await client.GetResponseAsync([Hello], cancellationToken: Token)).Text.ShouldBe("one");
        (await client.GetResponseAsync([Hello], cancellationToken: Token)).Text.ShouldBe("two");
    }

    [Fact]
    public async Task Replies_AskedOnceTooOften_Fail()
    {
        using var client = Replies("one");
        await client.GetResponseAsync([Hello], cancellationToken: Token);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => client.GetResponseAsync([Hello], cancellationToken: Token));
        failure.Message.ShouldContain("asked 2 times");
    }

    [Fact]
    public async Task Calls_OfOneReply_ComeAsToolCallsOfOneMessage()
    {
        using var client = Replies(Calls(Call("call-1", "query", new { MaxRows = 5 }), Call("call-2", "now")));

        var response = await client.GetResponseAsync([Hello], cancellationToken: Token);

        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var calls = response.Messages.ShouldHaveSingleItem().Contents.OfType<FunctionCallContent>().ToList();
        calls.Select(call => (call.CallId, call.Name)).ShouldBe([("call-1", "query"), ("call-2", "now")]);
        calls[0].Arguments!["maxRows"].ShouldBeOfType<JsonElement>().GetInt32().ShouldBe(5);
        calls[1].Arguments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_ThatChangeLater_AreKeptAsTheyCame()
    {
        using var client = Replies("one");
        var options = new ChatOptions { ModelId = "small" };
        var messages = new List<ChatMessage> { Hello };
        await client.GetResponseAsync(messages, options, Token);

        messages.Add(new(ChatRole.User, "More"));
        options.ModelId = "large";

        var request = client.Requests.ShouldHaveSingleItem();
        request.Messages.ShouldHaveSingleItem().Text.ShouldBe("Hello");
        request.Options!.ModelId.ShouldBe("small");
    }

    [Fact]
    public async Task Function_ThatStreams_IsStreamedAndFolded()
    {
        using var client = new FunctionChatClient((messages, _, _) =>
            new[] { "You said ", messages[^1].Text }.Select(text => new ChatResponseUpdate(ChatRole.Assistant, text)).ToAsyncEnumerable());

        (await client.GetStreamingResponseAsync([Hello], cancellationToken: Token).CountAsync(Token)).ShouldBe(2);
        (await client.GetResponseAsync([Hello], cancellationToken: Token)).Text.ShouldBe("You said Hello");
    }
}

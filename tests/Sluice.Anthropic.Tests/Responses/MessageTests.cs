using System.Text;
using System.Text.Json;
using Sluice.Anthropic.Tests.Wire;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Responses;

public sealed class MessageTests
{
    private static readonly ServedTurn Turn = new()
    {
        Parts =
        [
            new ServedReasoning("Hm.", "sig"), new ServedReasoning("", "data", IsRedacted: true), new ServedText("Hello 🐻"),
            new ServedCall("t1", "stock", JsonElement.Parse("""{"a":[1,"x"]}""")),
        ],
        CacheReadTokens = 90,
        CacheWriteTokens = 20,
    };

    [Fact]
    public async Task Message_InPlaceOfAStream_IsReadAsTheStreamWouldBe()
    {
        var message = Encoding.UTF8.GetString(AnthropicResponses.Message(Turn, Clients.Model).Body.Span);
        var stream = string.Concat(AnthropicEvents.Of(Turn, Clients.Model));
        var ofMessage = await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Of(200, "application/json; charset=utf-8", message)));
        ofMessage.ShouldBe(await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(stream))));
        ofMessage.Parts.ShouldBe("thinking: Hm.\nprotected: sig\nprotected: data\ntext: Hello 🐻\ncall: t1 stock {\"a\":[1,\"x\"]}");
        ofMessage.Usage.ShouldBe("in 120, cached 90, out 5, thought 0");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"msg_1\",\"content\":")]
    [InlineData("""{"id":"msg_1","content":"text"}""")]
    public async Task Message_ThatIsNone_IsUnavailable(string body)
    {
        using var client = Clients.Ours(AnsweringHandler.Of(200, "application/json", body));
        (await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client))).Code.ShouldBe(ErrorCodes.ProviderUnavailable);
    }

    [Fact]
    public async Task Message_ThatIsAnError_HasItsCode()
    {
        using var client = Clients.Ours(AnsweringHandler.Of(200, "application/json", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""));
        (await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client))).Code.ShouldBe(ErrorCodes.ProviderOverloaded);
    }
}

using System.Net;
using System.Text;

namespace Sluice.Mcp.Tests.Http;

/// <summary>What clients send that is no message, or too much.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_ThatIsTooLarge_IsRefused(bool isChunked)
    {
        await using var server = await HttpServer.StartAsync(new() { MaxRequestBytes = 1000 });

        using var answer = await server.PostAsync(HttpServer.Ping + new string(' ', 1000), change: request => request.Headers.TransferEncodingChunked = isChunked);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("1000 bytes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""")]
    [InlineData("\"text\"")]
    public async Task Body_ThatIsNoMessage_IsABadRequest(string body)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync(body, await server.BeginAsync());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("one JSON-RPC message");
    }

    [Fact]
    public async Task Body_ThatIsDeep_IsABadRequest()
    {
        await using var server = await HttpServer.StartAsync();
        var deep = new StringBuilder("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":""").Append('[', 100_000).Append(']', 100_000).Append("}}").ToString();

        (await server.StatusAsync(deep, await server.BeginAsync())).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Body_ThatIsNoText_IsABadRequest()
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync("", await server.BeginAsync(), request => request.Content = new ByteArrayContent([0xFF, 0xFE, 0x00, 0x80]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    [InlineData("nonsense")]
    public async Task Post_ThatDoesNotAcceptBothForms_IsNotAcceptable(string accept)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync(HttpServer.Initialize, change: request =>
        {
            request.Headers.Accept.Clear();
            request.Headers.TryAddWithoutValidation("Accept", accept);
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Method_ThatIsNotOfTheProtocol_IsNotAllowed()
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.SendAsync(HttpMethod.Put);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Http;

/// <summary>The client over real HTTP.</summary>
public sealed class LiveServerTests
{
    private static readonly ServedTurn Turn = new()
    {
        Parts = [new ServedText("I look at both."), new ServedCall("t1", "look", JsonElement.Parse("""{"at":"a"}""")), new ServedCall("t2", "look", JsonElement.Parse("{}"))],
    };

    [Fact]
    public async Task Request_OverHttp_CarriesTheDocumentedHeaders()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turn));
        using var client = Clients.To(new(server.Address, "/base/"), new Dictionary<string, string> { ["anthropic-beta"] = "a-1", ["User-Agent"] = "mine", ["content-type"] = "application/json; charset=utf-8" });
        await client.GetResponseAsync("hi");
        var request = server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/base/v1/messages");
        request.Headers["x-api-key"].ShouldBe(Clients.Key);
        request.Headers["anthropic-version"].ShouldBe("2023-06-01");
        request.Headers["anthropic-beta"].ShouldBe("a-1");
        request.Headers["user-agent"].ShouldBe("mine");
        request.Headers["content-type"].ShouldBe("application/json; charset=utf-8");
        request.Headers["content-length"].ShouldBe(request.Utf8Body.Length.ToString());
    }

    [Fact]
    public async Task Answer_DrippingSlowly_ComesWhole()
    {
        await using var server = await LocalModelServer.StartAsync(request =>
            AnthropicResponses.To(new(request), Turn) with { Pace = new() { PieceBytes = 37, Delay = TimeSpan.FromMilliseconds(1) } });
        using var client = Clients.To(server.Address);
        (await Answer.ReadAsync(client)).Parts.ShouldBe("text: I look at both.\ncall: t1 look {\"at\":\"a\"}\ncall: t2 look {}");
    }

    [Fact]
    public async Task Connection_CutAnywhere_IsUnavailableAndGivesNoHalfCall()
    {
        var length = AnthropicResponses.Stream(AnthropicEvents.Of(Turn, Clients.Model)).Body.Length;
        var cut = 0;
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turn) with { Pace = new() { CutAfter = Volatile.Read(ref cut) } });
        using var client = Clients.To(server.Address);
        for (; cut < length - 60; cut += 41)
        {
            List<FunctionCallContent> calls = [];
            var failure = await Should.ThrowAsync<ProviderException>(async () =>
            {
                await foreach (var update in client.GetStreamingResponseAsync("hi")) calls.AddRange(update.Contents.OfType<FunctionCallContent>());
            });
            failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
            calls.Select(call => (call.CallId, call.Exception)).ShouldBeSubsetOf([("t1", null), ("t2", null)]);
            calls.Count.ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Theory]
    [InlineData(429, "rate_limit_error", ErrorCodes.ProviderRateLimited)]
    [InlineData(500, "api_error", ErrorCodes.ProviderUnavailable)]
    [InlineData(529, "overloaded_error", ErrorCodes.ProviderOverloaded)]
    public async Task Error_OverHttp_HasItsCodeAndIsTriedOnce(int status, string type, string code)
    {
        await using var server = await LocalModelServer.StartAsync(_ => AnthropicResponses.Error(status, type, "Not now.", ("retry-after", "3")));
        using var client = Clients.To(server.Address);
        var failure = await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("hi"));
        (failure.Code, failure.Status, failure.RetryAfter).ShouldBe((code, status, TimeSpan.FromSeconds(3)));
        failure.Message.ShouldEndWith($"answered {status} ({type}): Not now. (request req_local)");
        server.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsUnavailable()
    {
        Uri address;
        await using (var server = await LocalModelServer.StartAsync(_ => throw new InvalidOperationException("Nobody asks."))) address = server.Address;
        using var client = Clients.To(address);
        var failure = await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("hi"));
        failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
        failure.Message.ShouldStartWith($"The connection to Anthropic at {address}v1/messages failed: ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    public async Task Cancellation_WhileTheServerStalls_EndsTheRequest(int stallAfter)
    {
        var asked = new TaskCompletionSource();
        await using var server = await LocalModelServer.StartAsync(request =>
        {
            asked.TrySetResult();
            return AnthropicResponses.To(new(request), Turn) with { Pace = new() { StallAfter = stallAfter } };
        });
        using var client = Clients.To(server.Address);
        using var cancellation = new CancellationTokenSource();
        var call = Answer.ReadAsync(client, cancellationToken: cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();
        var cancelled = await Should.ThrowAsync<OperationCanceledException>(() => call);
        cancelled.CancellationToken.IsCancellationRequested.ShouldBeTrue();
        await server.IdleAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        server.Open.ShouldBe(0);
    }

    [Fact]
    public async Task Timeout_OfTheHostsClient_IsATimeout()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turn) with { Pace = new() { StallAfter = 0 } });
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(50) };
        using var client = new AnthropicChatClient(new() { ApiKey = Clients.Key, BaseUrl = server.Address, DefaultModelId = Clients.Model, HttpClient = http });
        var failure = await Should.ThrowAsync<Exception>(() => client.GetResponseAsync("hi"));
        failure.ShouldBeOfType<ProviderException>().Code.ShouldBe(ErrorCodes.ProviderTimeout);
    }

    [Fact]
    public async Task Handler_ThatFollowsRedirects_IsFoundOut()
    {
        var target = new Uri("http://localhost/other");
        await using var server = await LocalModelServer.StartAsync(request => request.Path == "/other"
            ? AnthropicResponses.Message(Turn, "m")
            : new() { Status = 307, ContentType = "text/plain", Body = default, Headers = new Dictionary<string, string> { ["location"] = "/other" } });
        var provider = new AnthropicModelProvider(new HttpClientHandler { AllowAutoRedirect = true });
        using var client = provider.CreateClient(new() { ApiKey = Clients.Key, BaseUrl = server.Address });
        (await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("hi", new() { ModelId = Clients.Model }))).Message.ShouldContain("followed a redirect");
        using var own = new AnthropicModelProvider().CreateClient(new() { ApiKey = Clients.Key, BaseUrl = server.Address });
        var refused = await Should.ThrowAsync<ProviderException>(() => own.GetResponseAsync("hi", new() { ModelId = Clients.Model }));
        refused.Status.ShouldBe(307);
        server.Requests.Count(request => request.Path == target.AbsolutePath).ShouldBe(1);
    }

    [Fact]
    public async Task Connection_AfterAWholeAnswer_IsUsedAgain()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), Turn));
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new AnthropicModelProvider(handler).CreateClient(new() { ApiKey = Clients.Key, BaseUrl = server.Address });
        for (var call = 0; call < 200; call++) await client.GetResponseAsync("hi", new() { ModelId = Clients.Model });
        connections.ShouldBe(1);
    }

    [Fact]
    public async Task Body_LargerThanTheBuffer_ArrivesWhole()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), ServedTurn.OfText("ok")));
        using var client = Clients.To(server.Address);
        List<ChatMessage> messages = [.. Enumerable.Range(0, 50).Select(index => new ChatMessage(ChatRole.User, new string((char)('a' + (index % 26)), 10_007)))];
        await client.GetResponseAsync(messages);
        var sent = new AnthropicRequest(server.Requests.Single()).Messages.Select(message => message.GetProperty("content")[0].GetProperty("text").GetString());
        sent.ShouldBe(messages.Select(message => message.Text));
    }

    [Fact]
    public void GetService_Metadata_NamesProviderPlaceAndModel()
    {
        using var client = Clients.To(new("http://localhost:9"));
        var metadata = ((IChatClient)client).GetRequiredService<ChatClientMetadata>();
        (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId).ShouldBe(("anthropic", new Uri("http://localhost:9"), Clients.Model));
        client.GetService(typeof(AnthropicChatClient)).ShouldBeSameAs(client);
        client.GetService(typeof(ChatClientMetadata), "key").ShouldBeNull();
        client.GetService(typeof(string)).ShouldBeNull();
    }
}

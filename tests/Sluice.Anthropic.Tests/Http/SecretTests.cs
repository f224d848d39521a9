using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Http;

/// <summary>The planted key is in its header, and in nothing that anybody sees.</summary>
public sealed class SecretTests
{
    private const string Proxy = "proxy-secret-42";

    [Fact]
    public async Task Key_EchoedByTheServer_IsInNoException()
    {
        string echo = $"The key {Clients.Key} and {Proxy} are no good.";
        var body = JsonSerializer.Serialize(new { type = "error", error = new { type = "authentication_error", message = echo } });
        AnsweringHandler[] answers =
        [
            AnsweringHandler.Of(401, "application/json", body),
            AnsweringHandler.Of(200, "application/json", body),
            AnsweringHandler.Of(502, "text/html", echo),
            AnsweringHandler.Of(302, "text/html", "", ("location", $"https://a.b/?key={Clients.Key}")),
            AnsweringHandler.Of(429, "application/json", body, ("request-id", Clients.Key)),
            AnsweringHandler.Stream($"event: error\ndata: {body}\n\n"),
            AnsweringHandler.Stream($"event: message_start\ndata: {Clients.Key}\n\n"),
            new(() => throw new HttpRequestException(echo)),
        ];
        foreach (var answer in answers)
        {
            var headers = new Dictionary<string, string> { ["x-proxy"] = Proxy };
            using var client = new AnthropicChatClient(new() { ApiKey = Clients.Key, Headers = headers, DefaultModelId = Clients.Model, HttpClient = new(answer) });
            var failure = await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client));
            failure.Message.ShouldNotContain(Clients.Key);
            failure.Message.ShouldNotContain(Proxy);
            failure.ToErrorInfo().ToString().ShouldNotContain(Clients.Key);
            failure.ToString().ShouldNotContain(Clients.Key);
        }
    }

    [Fact]
    public void Key_OfObjectsThatAreShown_IsNotThere()
    {
        var options = new AnthropicChatClientOptions { ApiKey = Clients.Key, Headers = new Dictionary<string, string> { ["x"] = Clients.Key } };
        using var client = new AnthropicChatClient(options);
        var shown = $"{((object)options).ToString()} {((object)client).ToString()} {JsonSerializer.Serialize(client.GetService(typeof(ChatClientMetadata)))}";
        shown.ShouldNotContain(Clients.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("sk-with-a-line-end\n")]
    [InlineData("sk-ünicode")]
    public void Key_ThatNoHeaderCarries_IsRefusedWithoutBeingShown(string key)
    {
        var refusal = Should.Throw<ArgumentException>(() => new AnthropicChatClient(new() { ApiKey = key }));
        if (key.Trim().Length > 0) refusal.Message.ShouldNotContain(key.Trim());
    }

    [Theory]
    [InlineData("two words", "value")]
    [InlineData("", "value")]
    [InlineData("x-proxy", "proxy-secret\r\nx-other: 1")]
    public void Header_ThatHttpCannotCarry_IsNamedWithoutItsValue(string name, string value)
    {
        var headers = new Dictionary<string, string> { [name] = value };
        var refusal = Should.Throw<ArgumentException>(() => new AnthropicChatClient(new() { ApiKey = Clients.Key, Headers = headers }));
        refusal.Message.ShouldContain($"The header '{name}'");
        refusal.Message.ShouldNotContain("proxy-secret");
    }

    [Fact]
    public async Task Key_OfALiveCall_IsInNoActivity()
    {
        List<string> seen = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (seen) seen.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), ServedTurn.OfText("ok")));
        using var client = Clients.To(server.Address);
        (await client.GetResponseAsync("hi")).Text.ShouldBe("ok");
        lock (seen)
        {
            seen.ShouldNotBeEmpty();
            seen.ShouldAllBe(text => !text.Contains(Clients.Key, StringComparison.Ordinal));
        }
    }
}

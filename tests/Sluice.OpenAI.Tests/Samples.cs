using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;
using Sluice.OpenAI.Clients;

namespace Sluice.OpenAI.Tests;

/// <summary>Clients, requests and streams that the tests share.</summary>
internal static class Samples
{
    public const string Key = "sk-planted-0123456789abcdef";
    public const string Model = "gpt-test";

    public static ModelProviderSettings Settings { get; } = new() { ApiKey = Key, BaseUrl = new("http://model.test/v1") };

    public static ChatOptions Options => new() { ModelId = Model };

    /// <summary>Text outside ASCII, two calls at once, reasoning, a cache: every kind of piece that a stream has.</summary>
    public static ServedTurn Turn { get; } = new()
    {
        Id = "chatcmpl-7",
        DeltaLength = 20,
        Parts =
        [
            new ServedReasoning("First the stock.", ""),
            new ServedText("Größe 42 fehlt: 在庫 0 🙂."),
            new ServedCall("call_a", "query", JsonElement.Parse("""{"sql":"select \"x\"\n","limit":1.50}""")),
            new ServedCall("call_b", "note", JsonElement.Parse("""{"text":"Grüße 🙂"}""")),
        ],
        InputTokens = 30,
        CacheReadTokens = 12,
        OutputTokens = 9,
    };

    public static OpenAIChatClient Client(HttpMessageHandler handler, ModelProviderSettings? settings = null) =>
        OpenAIChatClient.Create(settings ?? Settings, null, handler);

    public static OpenAIChatClient Client(LocalModelServer server, ModelProviderSettings? settings = null) =>
        OpenAIChatClient.Create((settings ?? Settings) with { BaseUrl = new(server.Address, "/v1") }, null, DirectHandler.Create());

    /// <summary>The bytes that a server streams for a turn.</summary>
    public static byte[] StreamOf(ServedTurn turn)
    {
        var request = new ModelRequest
        {
            Number = 1,
            Path = "/v1/chat/completions",
            Headers = new Dictionary<string, string>(),
            Utf8Body = Encoding.UTF8.GetBytes($$$"""{"model":"{{{Model}}}","stream":true,"stream_options":{"include_usage":true}}"""),
        };
        return ChatCompletions.Answer(request, turn).Body.ToArray();
    }

    /// <summary>Chunks as events of a stream, without its end.</summary>
    public static string Events(params IEnumerable<string> chunks) => string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n"));

    public static async Task<ChatResponse> AskAsync(this IChatClient client, ChatOptions? options = null)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("What is short?", options ?? Options)) updates.Add(update);
        updates.SkipLast(1).ShouldAllBe(update => update.FinishReason == null, "only the last update may say that the answer ended");
        return updates.ToChatResponse();
    }

    public static Task<ChatResponse> AskAsync(string stream) => Client(BytesHandler.Of(stream)).AskAsync();

    public static Task<ProviderException> FailAsync(this IChatClient client) => Should.ThrowAsync<ProviderException>(() => client.AskAsync());

    public static FunctionCallContent[] Calls(this ChatResponse response) => [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];

    public static string Reasoning(this ChatResponse response) =>
        string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));

    /// <summary>Fails unless an answer is the turn, all of it, once.</summary>
    public static void ShouldBe(this ChatResponse response, ServedTurn turn)
    {
        response.Text.ShouldBe(string.Concat(turn.Parts.OfType<ServedText>().Select(part => part.Text)));
        response.Reasoning().ShouldBe(string.Concat(turn.Parts.OfType<ServedReasoning>().Select(part => part.Text)));
        response.Calls().Select(call => (call.CallId, call.Name, Raw(call))).ShouldBe(
            turn.Parts.OfType<ServedCall>().Select(call => (call.Id, call.Name, call.Arguments.GetRawText())));
        response.ResponseId.ShouldBe(turn.Id);
        response.Usage!.InputTokenCount.ShouldBe(turn.InputTokens + turn.CacheReadTokens + turn.CacheWriteTokens);
        response.Usage.OutputTokenCount.ShouldBe(turn.OutputTokens);
        response.Usage.CachedInputTokenCount.ShouldBe(turn.CacheReadTokens);
    }

    private static string Raw(FunctionCallContent call)
    {
        call.Exception.ShouldBeNull();
        return call.RawRepresentation.ShouldBeOfType<JsonElement>().GetRawText();
    }
}

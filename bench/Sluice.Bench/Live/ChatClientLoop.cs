using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Bench.Loop;

namespace Sluice.Bench.Live;

/// <summary>A loop by hand over an <see cref="IChatClient"/>.</summary>
internal sealed class ChatClientLoop : ILiveLoop
{
    private static readonly ChatOptions Options = new()
    {
        Tools = [AIFunctionFactory.CreateDeclaration(StockTool.Name, StockTool.Description, StockTool.Spec(ToolEffect.ReadOnly).InputSchema)],
    };

    private readonly HttpClient _http;
    private readonly IChatClient _client;

    private ChatClientLoop(string name, HttpClient http, IChatClient client) => (Name, _http, _client) = (name, http, client);

    public string Name { get; }

    /// <summary>Over the official SDK's client.</summary>
    public static ChatClientLoop OfSdk(Uri server, int turns, bool isSlow)
    {
        var http = LiveConnection.Create(turns, isSlow);
        var sdk = new global::Anthropic.AnthropicClient { ApiKey = "sk-bench", BaseUrl = server.AbsoluteUri.TrimEnd('/'), HttpClient = http, MaxRetries = 0 };
        return new("SDK, IChatClient", http, sdk.AsIChatClient("claude-sonnet-4-6", 8192));
    }

    /// <summary>Over ours, which shows what of the runtime's cost is the wire's.</summary>
    public static ChatClientLoop OfSluice(Uri server, int turns, bool isSlow)
    {
        var http = LiveConnection.Create(turns, isSlow);
        return new("our IChatClient", http, new AnthropicChatClient(new() { ApiKey = "sk-bench", BaseUrl = server, HttpClient = http, DefaultModelId = "claude-sonnet-4-6" }));
    }

    public async Task<TimeSpan> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        List<ChatMessage> messages = [new(ChatRole.System, "You answer questions about stock."), new(ChatRole.User, "How many boots are there?")];
        while (true)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in _client.GetStreamingResponseAsync(messages, Options))
            {
                if (update.Text.Length > 0) first ??= Stopwatch.GetElapsedTime(started);
                updates.Add(update);
            }

            var answer = updates.ToChatResponse();
            messages.AddRange(answer.Messages);
            var results = await CallAsync(answer.Messages[^1]);
            if (results.Count == 0) return first ?? throw new InvalidOperationException("The server sent no text.");
            messages.Add(new(ChatRole.Tool, results));
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<List<AIContent>> CallAsync(ChatMessage answer)
    {
        var results = new List<AIContent>();
        foreach (var call in answer.Contents.OfType<FunctionCallContent>())
        {
            var arguments = JsonSerializer.SerializeToUtf8Bytes(call.Arguments, JsonSerializerOptions.Web);
            var level = await StockTool.ReadAsync(JsonSerializer.Deserialize<StockQuery>(arguments, JsonSerializerOptions.Web)!);
            results.Add(new FunctionResultContent(call.CallId, JsonSerializer.SerializeToElement(level, JsonSerializerOptions.Web)));
        }

        return results;
    }
}

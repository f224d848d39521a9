using System.Diagnostics;
using System.Text;
using System.Text.Json;
using global::Anthropic;
using global::Anthropic.Models.Messages;
using Sluice.Bench.Loop;

namespace Sluice.Bench.Live;

/// <summary>What a competent engineer writes by hand on the official SDK's streaming messages.</summary>
internal sealed class SdkMessagesLoop : ILiveLoop
{
    private static readonly ToolUnion Tool = new Tool
    {
        Name = StockTool.Name,
        Description = StockTool.Description,
        InputSchema = InputSchema.FromRawUnchecked(StockTool.Spec(ToolEffect.ReadOnly).InputSchema.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)),
    };

    private readonly HttpClient _http;
    private readonly AnthropicClient _client;

    public SdkMessagesLoop(Uri server, int turns, bool isSlow = false)
    {
        _http = LiveConnection.Create(turns, isSlow);
        _client = new() { ApiKey = "sk-bench", BaseUrl = server.AbsoluteUri.TrimEnd('/'), HttpClient = _http, MaxRetries = 0 };
    }

    public string Name => "SDK, messages";

    public async Task<TimeSpan> RunAsync()
    {
        List<MessageParam> messages = [new UserMessageParam("How many boots are there?")];
        TimeSpan? first = null;
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            List<ContentBlockParam> blocks = [];
            List<ContentBlockParam> results = [];
            ToolUseBlock? call = null;
            var text = new StringBuilder();
            var input = new StringBuilder();
            await foreach (var streamed in _client.Messages.CreateStreaming(new() { Model = "claude-sonnet-4-6", MaxTokens = 8192, System = "You answer questions about stock.", Tools = [Tool], Messages = messages }))
            {
                if (streamed.TryPickContentBlockStart(out var start)) start.ContentBlock.TryPickToolUse(out call);
                else if (streamed.TryPickContentBlockDelta(out var delta))
                {
                    first ??= Stopwatch.GetElapsedTime(started);
                    if (delta.Delta.TryPickText(out var piece)) text.Append(piece.Text);
                    else if (delta.Delta.TryPickInputJson(out var json)) input.Append(json.PartialJson);
                }
                else if (streamed.TryPickContentBlockStop(out _))
                {
                    if (call is null) blocks.Add(new TextBlockParam { Text = text.ToString() });
                    else await CallAsync(call, input.ToString(), blocks, results);
                }
            }

            messages.Add(new AssistantMessageParam(blocks));
            if (results.Count == 0) return first ?? throw new InvalidOperationException("The server sent no event.");
            messages.Add(new UserMessageParam(results));
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task CallAsync(ToolUseBlock call, string json, List<ContentBlockParam> blocks, List<ContentBlockParam> results)
    {
        var arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        blocks.Add(new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = arguments });
        var level = await StockTool.ReadAsync(JsonSerializer.Deserialize<StockQuery>(json, JsonSerializerOptions.Web)!);
        results.Add(new ToolResultBlockParam { ToolUseID = call.ID, Content = JsonSerializer.Serialize(level, JsonSerializerOptions.Web) });
    }
}

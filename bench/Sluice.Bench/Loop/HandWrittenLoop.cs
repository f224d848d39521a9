using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Bench.Loop;

/// <summary>
/// The floor: what a competent engineer writes by hand for one typed tool. No schema check, no gate, no journal, no limits; a listener
/// hears of each call and each result.
/// </summary>
internal sealed class HandWrittenLoop(IChatClient client, Action<FunctionCallContent, JsonElement?> listener, Func<FunctionCallContent, Task>? gate = null)
{
    private static readonly ChatOptions Options = new()
    {
        Tools = [AIFunctionFactory.CreateDeclaration(StockTool.Name, StockTool.Description, StockTool.Spec(ToolEffect.ReadOnly).InputSchema)],
    };

    public async Task<string> RunAsync(string prompt)
    {
        List<ChatMessage> messages = [new(ChatRole.System, "You answer questions about stock."), new(ChatRole.User, prompt)];
        while (true)
        {
            var answer = await AskAsync(messages);
            messages.Add(answer);
            var results = await CallAsync(answer.Contents);
            if (results.Count == 0) return answer.Text;
            messages.Add(new(ChatRole.Tool, results));
        }
    }

    private async Task<ChatMessage> AskAsync(List<ChatMessage> messages)
    {
        var contents = new List<AIContent>();
        await foreach (var update in client.GetStreamingResponseAsync(messages, Options))
        {
            foreach (var content in update.Contents)
            {
                if (content is not UsageContent) contents.Add(content);
            }
        }

        return new(ChatRole.Assistant, contents);
    }

    private async Task<List<AIContent>> CallAsync(IList<AIContent> contents)
    {
        var results = new List<AIContent>();
        foreach (var content in contents)
        {
            if (content is not FunctionCallContent call) continue;
            listener(call, null);
            if (gate is not null) await gate(call);
            var arguments = JsonSerializer.SerializeToUtf8Bytes(call.Arguments, JsonSerializerOptions.Web);
            var level = await StockTool.ReadAsync(JsonSerializer.Deserialize<StockQuery>(arguments, JsonSerializerOptions.Web)!);
            var result = JsonSerializer.SerializeToElement(level, JsonSerializerOptions.Web);
            listener(call, result);
            results.Add(new FunctionResultContent(call.CallId, result));
        }

        return results;
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Starter_App;

/// <summary>
/// Answers in the model's place while there is no key, so that the project runs offline. It understands nothing: whatever it is asked, it looks for
/// articles that are running low and orders what is missing. Its calls are checked, gated and recorded as a model's are.
/// </summary>
internal sealed class StandIn : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        // What happened since the last prompt says how far the work has come.
        yield return new(ChatRole.Assistant, Answer([.. messages.Reverse().TakeWhile(message => message.Role != ChatRole.User).Reverse()]));
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>The next turn: look, then order, then say what came of it.</summary>
    private static List<AIContent> Answer(IReadOnlyList<ChatMessage> sincePrompt)
    {
        var results = sincePrompt.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(ToJson).ToList();
        if (results.Count == 0) return [Call("list_stock", "look", new() { ["onlyLow"] = true })];
        if (results.Count > 1) return [new TextContent($"{results.Skip(1).Count(WasDone)} of {results.Count - 1} orders are placed.")];

        List<AIContent> orders = [.. results[0].EnumerateArray().Select(Order)];
        return orders.Count > 0 ? orders : [new TextContent("Nothing is running low.")];
    }

    private static FunctionCallContent Order(JsonElement article)
    {
        var name = article.GetProperty("name").GetString();
        var missing = article.GetProperty("minimum").GetInt32() - article.GetProperty("units").GetInt32();
        return Call("order_units", $"order-{name}", new() { ["article"] = name, ["units"] = missing });
    }

    private static FunctionCallContent Call(string tool, string id, Dictionary<string, object?> arguments) => new(id, tool, arguments);

    private static bool WasDone(JsonElement result) => result.ValueKind == JsonValueKind.Object && result.TryGetProperty("units", out _);

    private static JsonElement ToJson(FunctionResultContent content) =>
        content.Result is string text ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(content.Result);
}

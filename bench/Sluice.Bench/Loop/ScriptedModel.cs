using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Bench.Loop;

/// <summary>
/// Calls the stock tool for a number of turns, then answers with text. It keeps nothing, and how far a run has come it tells by the number
/// of messages: a call costs the same at the end of a long run as at its beginning.
/// </summary>
/// <param name="turns">The tool-calling turns of a run.</param>
/// <param name="answersLater">Whether an answer takes a trip through the thread pool, as one from a network would.</param>
/// <param name="thought">What it says before each call; null: nothing.</param>
internal sealed class ScriptedModel(int turns, bool answersLater = false, string? thought = null) : IChatClient
{
    private const string Arguments = """{"sku":"boot-4711","warehouse":"north","limit":25,"includeReserved":true}""";

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (answersLater) await Task.Yield();
        // The system prompt and the user's; then an answer and its results per turn.
        var turn = (((IReadOnlyCollection<ChatMessage>)messages).Count - 2) / 2;
        if (thought is not null && turn < turns) yield return new(ChatRole.Assistant, thought);
        yield return new(ChatRole.Assistant, [turn < turns ? Call(turn) : new TextContent("Done.")]);
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 100, OutputTokenCount = 20 })]);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Both loops stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call(int turn) =>
        new($"call-{turn}", StockTool.Name, JsonSerializer.Deserialize<Dictionary<string, object?>>(Arguments));
}

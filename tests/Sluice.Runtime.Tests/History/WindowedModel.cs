using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

/// <summary>
/// A model that counts four bytes as a token, reports its usage, and refuses what is longer than its window. What it answers is a function
/// of the prompt and of the number of the turn, which it reads off the ids of the last calls: <c>c7</c>, <c>c7-2</c>.
/// </summary>
internal sealed partial class WindowedModel
{
    private const int BytesPerToken = 4;
    private readonly Lock _lock = new();
    private int _refused;
    private readonly List<IReadOnlyList<ChatMessage>> _turns = [];
    private readonly List<IReadOnlyList<ChatMessage>> _summaries = [];

    public WindowedModel(Func<string, int, ChatMessage> answer) => Client = new((messages, options, _) => Answer(messages, options, answer));

    public FunctionChatClient Client { get; }

    /// <summary>The most tokens it takes.</summary>
    public long Window { get; init; } = long.MaxValue;

    /// <summary>How many requests were too long.</summary>
    public int Refused => _refused;

    public bool ReportsUsage { get; init; } = true;

    /// <summary>What it answers when it is asked for a summary; throws for a call that fails. Default: a text that counts the summaries.</summary>
    public Func<string, string> Summarize { get; init; } = request =>
        $"Summary {(Earlier().Match(request) is { Success: true } earlier ? int.Parse(earlier.Groups["number"].Value, null) + 1 : 1)}: the work goes on.";

    /// <summary>The requests for turns, in order, those that were refused included.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Turns
    {
        get
        {
            lock (_lock) return [.. _turns];
        }
    }

    /// <summary>The requests for summaries, in order.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Summaries
    {
        get
        {
            lock (_lock) return [.. _summaries];
        }
    }

    public static bool IsSummary(ChatMessage message) =>
        message.Role == ChatRole.User && message.Text.StartsWith("[This was written by the runtime", StringComparison.Ordinal);

    /// <summary>Everything a message says, as one text.</summary>
    public static string TextOf(ChatMessage message) => string.Join('\n', message.Contents.Select(content => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => $"{call.Name} {JsonSerializer.Serialize(call.Arguments)}",
        FunctionResultContent result => ((JsonElement)result.Result!).GetRawText(),
        _ => "",
    }));

    public static string TextOf(IEnumerable<ChatMessage> messages) => string.Join('\n', messages.Select(TextOf));

    public static long Count(IEnumerable<ChatMessage> messages) => Encoding.UTF8.GetByteCount(TextOf(messages)) / BytesPerToken;

    /// <summary>The turn that comes next.</summary>
    public static int NextTurn(IReadOnlyList<ChatMessage> messages)
    {
        var last = messages[^1].Contents.OfType<FunctionResultContent>().FirstOrDefault()?.CallId;
        return last is null ? 1 : int.Parse(last[1..].Split('-')[0], null) + 1;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Answer(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<string, int, ChatMessage> answer)
    {
        await Task.CompletedTask;
        var isSummary = options?.Tools is null;
        lock (_lock) (isSummary ? _summaries : _turns).Add(messages);

        var input = Count(messages) + ((options?.Tools?.OfType<AIFunctionDeclaration>().Sum(tool => tool.JsonSchema.GetRawText().Length) ?? 0) / BytesPerToken);
        if (input > Window) Interlocked.Increment(ref _refused);
        if (input > Window) throw new ProviderException(ErrorCodes.ContextTooLong, $"{input} tokens are more than {Window}.");
        var prompt = messages.Last(message => message.Role == ChatRole.User && !IsSummary(message)).Text;
        var reply = isSummary ? FunctionChatClient.Text(Summarize(messages[^1].Text)) : answer(prompt, NextTurn(messages));
        foreach (var content in reply.Contents) yield return new(ChatRole.Assistant, [content]) { ModelId = "model-w" };
        if (ReportsUsage) yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = input, OutputTokenCount = Count([reply]) })]);
    }

    [GeneratedRegex("^Earlier: Summary (?<number>[0-9]+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Earlier();
}

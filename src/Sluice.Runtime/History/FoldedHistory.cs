using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.History;

/// <summary>Folds messages as it was recorded. Messages are shared between frames: those that change are replaced by new ones.</summary>
internal static class FoldedHistory
{
    /// <summary>Folds a history in place.</summary>
    /// <param name="messages">The history.</param>
    /// <param name="start">Where it begins: after the system prompt, where there is one.</param>
    /// <param name="prompt">The index of the frame's prompt.</param>
    /// <param name="folded">What was folded.</param>
    /// <returns>The index of the prompt from now on.</returns>
    public static int Apply(List<ChatMessage> messages, int start, int prompt, HistoryCompactedData folded)
    {
        foreach (var place in folded.Results.GroupBy(result => result.FromEnd))
        {
            var index = messages.Count - place.Key;
            if (index >= start) messages[index] = Replace(messages[index], place);
        }

        return folded.Summary is { } summary ? Summarize(messages, start, prompt, summary) : prompt;
    }

    /// <summary>Where the last turns begin, and with them the message that the first of them answers.</summary>
    public static int StartOfLastTurns(IReadOnlyList<ChatMessage> messages, int start, int turns)
    {
        var index = messages.Count;
        while (index > start && turns > 0)
        {
            if (messages[--index].Role == ChatRole.Assistant) turns--;
        }

        if (turns > 0) return start;
        while (index > start && messages[index - 1].Role == ChatRole.User && messages[index - 1] is not SummaryMessage) index--;
        return index;
    }

    private static int Summarize(List<ChatMessage> messages, int start, int prompt, HistorySummary summary)
    {
        var cut = Math.Max(start, messages.Count - summary.MessagesKept);
        var task = messages[prompt];
        messages.RemoveRange(start, cut - start);
        messages.Insert(start, new SummaryMessage(summary));
        if (prompt >= cut) return prompt - (cut - start) + 1;
        messages.Insert(start + 1, task);
        return start + 1;
    }

    private static ChatMessage Replace(ChatMessage message, IEnumerable<FoldedResult> results)
    {
        var byCall = results.ToDictionary(result => result.ToolUseId, result => result.Result, StringComparer.Ordinal);
        return new(message.Role, [.. message.Contents.Select(content => Replace(content, byCall))]);
    }

    private static AIContent Replace(AIContent content, Dictionary<string, JsonElement> byCall) =>
        content is FunctionResultContent result && byCall.TryGetValue(result.CallId, out var folded)
            ? new FunctionResultContent(result.CallId, folded)
            : content;
}

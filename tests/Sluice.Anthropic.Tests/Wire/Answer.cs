using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;

namespace Sluice.Anthropic.Tests.Wire;

/// <summary>What a client made of an answer, in a form that compares: parts in order, neighbouring text put together.</summary>
internal sealed record Answer(string Parts, string? FinishReason, string Usage, string? Model, string? Id)
{
    public static async Task<Answer> ReadAsync(IChatClient client, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], options, cancellationToken)) updates.Add(update);
        return Of(updates);
    }

    public static Answer Of(IReadOnlyList<ChatResponseUpdate> updates) => new(
        Join(updates.SelectMany(update => update.Contents)),
        updates.LastOrDefault(update => update.FinishReason is not null)?.FinishReason?.Value,
        Total(updates.SelectMany(update => update.Contents).OfType<UsageContent>().Select(usage => usage.Details)),
        updates.Select(update => update.ModelId).FirstOrDefault(model => model is not null),
        updates.Select(update => update.ResponseId).FirstOrDefault(id => id is not null));

    public static string Join(IEnumerable<AIContent> contents)
    {
        var parts = new StringBuilder();
        var last = "";
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent text:
                    Add("text", text.Text);
                    break;
                case TextReasoningContent reasoning:
                    if (reasoning.Text.Length > 0) Add("thinking", reasoning.Text);
                    if (!string.IsNullOrEmpty(reasoning.ProtectedData)) Add("protected", ProtectedOf(reasoning.ProtectedData));
                    last = reasoning.ProtectedData is null ? last : "";
                    break;
                case FunctionCallContent call:
                    last = "";
                    Add("call", $"{call.CallId} {call.Name} {ArgumentsOf(call)}");
                    last = "";
                    break;
            }
        }

        return parts.ToString();

        void Add(string kind, string value)
        {
            if (last != kind) parts.Append(parts.Length == 0 ? "" : "\n").Append(kind).Append(": ");
            parts.Append(value);
            last = kind;
        }
    }

    /// <summary>Ours says by a prefix which kind of block the data belongs to; the SDK's does not.</summary>
    private static string ProtectedOf(string data) => data[(data.LastIndexOf(':') + 1)..];

    /// <summary>A call without arguments has an empty object in ours and null in the SDK's.</summary>
    private static string ArgumentsOf(FunctionCallContent call) => call.Exception is not null
        ? "no JSON"
        : CanonicalJson.ToText(JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions));

    private static string Total(IEnumerable<UsageDetails> all)
    {
        var total = new UsageDetails();
        foreach (var usage in all) total.Add(usage);
        return $"in {total.InputTokenCount ?? 0}, cached {total.CachedInputTokenCount ?? 0}, out {total.OutputTokenCount ?? 0}, thought {total.ReasoningTokenCount ?? 0}";
    }
}

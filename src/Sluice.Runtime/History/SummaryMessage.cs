using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Json;

namespace Sluice.Runtime.History;

/// <summary>The message that stands for folded history.</summary>
internal sealed class SummaryMessage(HistorySummary summary) : ChatMessage(ChatRole.User, Write(summary))
{
    private static readonly JsonSerializerOptions WithoutNulls =
        new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public HistorySummary Summary { get; } = summary;

    private static string Write(HistorySummary summary)
    {
        var text = new StringBuilder()
            .Append("[This was written by the runtime, not by a person. It stands for earlier messages of this conversation, which no longer fit. ")
            .Append("What it tells has been done. It contains no new instructions.]\n\n")
            .Append(summary.Text);
        if (summary.Plans.Count > 0) text.Append("\n\nPlans that are not executed:");
        foreach (var plan in summary.Plans) text.Append('\n').Append(ToJson(plan));
        if (summary.References.Count > 0) text.Append("\n\nStored values that were mentioned, to be passed on by kind and id:");
        foreach (var bare in summary.References.Where(reference => reference.Glimpse is null).GroupBy(reference => reference.Kind, reference => reference.Id))
            text.Append('\n').Append(ToJson(new { kind = bare.Key, ids = bare }));
        foreach (var reference in summary.References.Where(reference => reference.Glimpse is not null)) text.Append('\n').Append(ToJson(reference));
        return text.ToString();
    }

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, WithoutNulls);
}

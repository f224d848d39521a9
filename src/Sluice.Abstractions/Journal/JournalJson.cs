using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Journal;

/// <summary>The JSON form of what journal entries say: camelCase, nulls left out, one type per kind.</summary>
public static class JournalJson
{
    private static readonly JournalJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly JsonTypeInfo[] ByKind = CreateByKind();

    /// <summary>The kind whose entries carry data of this type.</summary>
    public static JournalEntryKind KindOf(JournalData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data switch
        {
            RunStartedData => JournalEntryKind.RunStarted,
            FrameStartedData => JournalEntryKind.FrameStarted,
            TurnCompletedData => JournalEntryKind.TurnCompleted,
            ToolStartedData => JournalEntryKind.ToolStarted,
            ToolCompletedData => JournalEntryKind.ToolCompleted,
            ApprovalRequestedData => JournalEntryKind.ApprovalRequested,
            ApprovalDecidedData => JournalEntryKind.ApprovalDecided,
            PlanChangedData => JournalEntryKind.PlanChanged,
            ActionStartedData => JournalEntryKind.ActionStarted,
            ActionCompletedData => JournalEntryKind.ActionCompleted,
            ReferenceCreatedData => JournalEntryKind.ReferenceCreated,
            FrameCompletedData => JournalEntryKind.FrameCompleted,
            HistoryCompactedData => JournalEntryKind.HistoryCompacted,
            EventEmittedData => JournalEntryKind.EventEmitted,
            RunEndedData => JournalEntryKind.RunEnded,
            _ => throw new ArgumentException($"{data.GetType().Name} has no kind.", nameof(data)),
        };
    }

    /// <summary>Writes what an entry says.</summary>
    public static void Write(Utf8JsonWriter writer, JournalData data) =>
        JsonSerializer.Serialize(writer, data, ByKind[(int)KindOf(data)]);

    /// <summary>Reads what an entry of <paramref name="kind"/> says.</summary>
    /// <exception cref="JsonException">The bytes are not the JSON of that kind.</exception>
    public static JournalData Read(JournalEntryKind kind, ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, ByKind[(int)kind]) as JournalData
        ?? throw new JsonException($"A journal entry of kind {kind} is empty.");

    private static JsonTypeInfo[] CreateByKind()
    {
        var types = new JsonTypeInfo[Enum.GetValues<JournalEntryKind>().Length];
        types[(int)JournalEntryKind.RunStarted] = Context.RunStartedData;
        types[(int)JournalEntryKind.FrameStarted] = Context.FrameStartedData;
        types[(int)JournalEntryKind.TurnCompleted] = Context.TurnCompletedData;
        types[(int)JournalEntryKind.ToolStarted] = Context.ToolStartedData;
        types[(int)JournalEntryKind.ToolCompleted] = Context.ToolCompletedData;
        types[(int)JournalEntryKind.ApprovalRequested] = Context.ApprovalRequestedData;
        types[(int)JournalEntryKind.ApprovalDecided] = Context.ApprovalDecidedData;
        types[(int)JournalEntryKind.PlanChanged] = Context.PlanChangedData;
        types[(int)JournalEntryKind.ActionStarted] = Context.ActionStartedData;
        types[(int)JournalEntryKind.ActionCompleted] = Context.ActionCompletedData;
        types[(int)JournalEntryKind.ReferenceCreated] = Context.ReferenceCreatedData;
        types[(int)JournalEntryKind.FrameCompleted] = Context.FrameCompletedData;
        types[(int)JournalEntryKind.HistoryCompacted] = Context.HistoryCompactedData;
        types[(int)JournalEntryKind.EventEmitted] = Context.EventEmittedData;
        types[(int)JournalEntryKind.RunEnded] = Context.RunEndedData;
        return types;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sluice.Json;

namespace Sluice.Journal;

/// <summary>The JSON form of what journal entries say: camelCase, nulls left out, times in UTC with milliseconds, one type per kind.</summary>
/// <remarks>Events within an entry are written without run, thread, sequence, time, agent and parent call: the journal gives them those.</remarks>
public static class JournalJson
{
    /// <summary>The newest version of the journal that this build writes and reads.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = WireJson.CreateOptions(LeaveOutStamps);
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

    internal static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options.TypeOf<T>());

    private static void LeaveOutStamps(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(RuntimeEvent))) return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Order < 0) type.Properties.RemoveAt(i);
        }
    }

    private static JsonTypeInfo[] CreateByKind()
    {
        var types = new JsonTypeInfo[Enum.GetValues<JournalEntryKind>().Length];
        types[(int)JournalEntryKind.RunStarted] = Options.TypeOf<RunStartedData>();
        types[(int)JournalEntryKind.FrameStarted] = Options.TypeOf<FrameStartedData>();
        types[(int)JournalEntryKind.TurnCompleted] = Options.TypeOf<TurnCompletedData>();
        types[(int)JournalEntryKind.ToolStarted] = Options.TypeOf<ToolStartedData>();
        types[(int)JournalEntryKind.ToolCompleted] = Options.TypeOf<ToolCompletedData>();
        types[(int)JournalEntryKind.ApprovalRequested] = Options.TypeOf<ApprovalRequestedData>();
        types[(int)JournalEntryKind.ApprovalDecided] = Options.TypeOf<ApprovalDecidedData>();
        types[(int)JournalEntryKind.PlanChanged] = Options.TypeOf<PlanChangedData>();
        types[(int)JournalEntryKind.ActionStarted] = Options.TypeOf<ActionStartedData>();
        types[(int)JournalEntryKind.ActionCompleted] = Options.TypeOf<ActionCompletedData>();
        types[(int)JournalEntryKind.ReferenceCreated] = Options.TypeOf<ReferenceCreatedData>();
        types[(int)JournalEntryKind.FrameCompleted] = Options.TypeOf<FrameCompletedData>();
        types[(int)JournalEntryKind.HistoryCompacted] = Options.TypeOf<HistoryCompactedData>();
        types[(int)JournalEntryKind.EventEmitted] = Options.TypeOf<EventEmittedData>();
        types[(int)JournalEntryKind.RunEnded] = Options.TypeOf<RunEndedData>();
        return types;
    }
}

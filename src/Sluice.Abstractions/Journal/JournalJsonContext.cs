using System.Text.Json.Serialization;

namespace Sluice.Journal;

[JsonSerializable(typeof(RunStartedData))]
[JsonSerializable(typeof(FrameStartedData))]
[JsonSerializable(typeof(TurnCompletedData))]
[JsonSerializable(typeof(ToolStartedData))]
[JsonSerializable(typeof(ToolCompletedData))]
[JsonSerializable(typeof(ApprovalRequestedData))]
[JsonSerializable(typeof(ApprovalDecidedData))]
[JsonSerializable(typeof(PlanChangedData))]
[JsonSerializable(typeof(ActionStartedData))]
[JsonSerializable(typeof(ActionCompletedData))]
[JsonSerializable(typeof(ReferenceCreatedData))]
[JsonSerializable(typeof(FrameCompletedData))]
[JsonSerializable(typeof(HistoryCompactedData))]
[JsonSerializable(typeof(EventEmittedData))]
[JsonSerializable(typeof(RunEndedData))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A place in a list of threads.</summary>
/// <param name="UpdatedAt">When the last run of the thread at that place began.</param>
/// <param name="ThreadId">That thread.</param>
public sealed record ThreadCursor([property: JsonConverter(typeof(TimestampConverter))] DateTimeOffset UpdatedAt, string ThreadId);

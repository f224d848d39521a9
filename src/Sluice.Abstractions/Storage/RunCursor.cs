using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A place in a list of runs.</summary>
/// <param name="StartedAt">When the run at that place began.</param>
/// <param name="RunId">That run.</param>
public sealed record RunCursor([property: JsonConverter(typeof(TimestampConverter))] DateTimeOffset StartedAt, string RunId);

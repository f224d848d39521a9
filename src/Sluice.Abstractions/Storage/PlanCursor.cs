using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A place in a list of plans.</summary>
/// <param name="StoredAt">When the plan at that place was stored first.</param>
/// <param name="PlanId">That plan.</param>
public sealed record PlanCursor([property: JsonConverter(typeof(TimestampConverter))] DateTimeOffset StoredAt, string PlanId);

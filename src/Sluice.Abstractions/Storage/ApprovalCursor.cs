using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A place in a list of approval requests.</summary>
/// <param name="CreatedAt">When the request at that place was made.</param>
/// <param name="Id">That request.</param>
public sealed record ApprovalCursor([property: JsonConverter(typeof(TimestampConverter))] DateTimeOffset CreatedAt, string Id);

using System.Text.Json;

namespace Sluice.Studio.Status;

/// <summary>A kind of plan: its name and the JSON Schema of its body.</summary>
internal sealed record PlanInfo(string Name, JsonElement Schema);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Something the model can call. Names match <c>^[a-zA-Z0-9_-]{1,64}$</c>.</summary>
public sealed record ToolSpec
{
    /// <summary>The name the model calls.</summary>
    public required string Name { get; init; }

    /// <summary>What the tool does and returns, for the model. Non-blank.</summary>
    public required string Description { get; init; }

    /// <summary>The JSON Schema (draft 2020-12) of the arguments, an object.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>The tool's own approval policy; null: it sets none, and broader rules decide.</summary>
    public ApprovalPolicy? Approval { get; init; }

    /// <summary>What the tool does to the world. Default: <see cref="ToolEffect.SideEffect"/>.</summary>
    public ToolEffect Effect { get; init; } = ToolEffect.SideEffect;

    /// <summary>The longest one call may take; null: the runtime's limit. Positive. Milliseconds on the wire (<c>timeoutMs</c>).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The largest result, in bytes of JSON, that goes to the model as it is; null: the runtime's limit. At least 256.</summary>
    public int? MaxResultBytes { get; init; }

    /// <summary>What happens to a larger result. Default: <see cref="LargeResultHandling.Offload"/>.</summary>
    public LargeResultHandling LargeResult { get; init; }

    /// <summary>The name of the reference kind under which large results are stored; null: the built-in kind <c>ToolResult</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>The code behind the tool; null: bound by name when the runtime is created.</summary>
    [JsonIgnore]
    public ToolHandler? Handler { get; init; }
}

using System.Text.Json;

namespace Sluice;

/// <summary>An action of a plan, as evals compare it.</summary>
public sealed record EvalAction
{
    /// <summary>What to do: the action's <c>kind</c>. Datasets may call it <c>type</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The action's other members, an object. Handles in it are projected as <see cref="ScorerConfig.References"/> says.</summary>
    public required JsonElement Payload { get; init; }
}

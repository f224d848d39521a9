using System.Text.Json;

namespace Sluice;

/// <summary>One domain operation of a plan, in its canonical form.</summary>
public sealed record PlanAction
{
    /// <summary>What to do: the discriminator of the plan's action union.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether the author's action has no <c>kind</c> member, since its plan has only one type of action. Default: false.</summary>
    public bool IsKindImplied { get; init; }

    /// <summary>The action's other members, as the author wrote them. An object.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>The handles of the action's plain <c>references</c> array. Handles inside the payload are found there.</summary>
    public IReadOnlyList<ReferenceHandle> References { get; init; } = [];
}

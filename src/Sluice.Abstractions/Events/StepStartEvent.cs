namespace Sluice;

/// <summary>A model turn began. Comes before the turn's output.</summary>
public sealed record StepStartEvent : RuntimeEvent
{
    /// <summary>The turn within its frame, from 1.</summary>
    public required int Turn { get; init; }
}

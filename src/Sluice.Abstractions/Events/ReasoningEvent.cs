namespace Sluice;

/// <summary>A piece of the model's reasoning, where the provider shows it.</summary>
public sealed record ReasoningEvent : RuntimeEvent
{
    /// <summary>The piece.</summary>
    public required string Text { get; init; }
}

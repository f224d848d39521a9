namespace Inventory;

/// <summary>What an action would change, for the person who approves it.</summary>
internal sealed record ActionPreview
{
    /// <summary>Number of products.</summary>
    public required int Products { get; init; }

    /// <summary>The change in a few words.</summary>
    public required string Change { get; init; }

    /// <summary>Why the action would be refused as things stand; null when it would not.</summary>
    public string? Obstacle { get; init; }
}

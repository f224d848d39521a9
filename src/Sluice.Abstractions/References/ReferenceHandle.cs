namespace Sluice;

/// <summary>A typed handle to a stored value: what prompts, plans and events carry in the value's place.</summary>
public sealed record ReferenceHandle
{
    /// <summary>The reference kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The content-addressed id: <c>ref-</c> and 32 hex digits.</summary>
    public required string Id { get; init; }
}

namespace Sluice.Studio.Paging;

/// <summary>A part of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="NextCursor">What to send for the part after it; null: there is none.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

namespace Sluice.Studio.Data;

/// <summary>A part of the list of tables.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="NextCursor">What to send for the part after it; null: there is none.</param>
/// <param name="Total">How many tables the whole list has.</param>
internal sealed record TableList(IReadOnlyList<TableInfo> Items, string? NextCursor, int Total);

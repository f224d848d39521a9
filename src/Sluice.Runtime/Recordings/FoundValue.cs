namespace Sluice.Runtime.Recordings;

/// <summary>A place in a text that is not written as it stands.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What the placeholder is named after; empty for a character that has to be escaped.</param>
internal readonly record struct FoundValue(int Start, int Length, string Kind)
{
    public int End => Start + Length;
}

namespace Sluice.Data.Relations;

/// <summary>Relations one after the other, from a table to another.</summary>
internal sealed class RelationPath(IReadOnlyList<RelationStep> steps)
{
    public IReadOnlyList<RelationStep> Steps { get; } = steps;

    /// <summary>What it costs; the best path costs least.</summary>
    public int Cost { get; } = steps.Sum(step => step.Cost);
}

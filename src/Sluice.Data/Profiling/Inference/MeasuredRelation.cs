using Sluice.Data.Profiling.Findings;
using Sluice.Data.Relations;

namespace Sluice.Data.Profiling.Inference;

/// <summary>A relation with what its data shows.</summary>
internal sealed record MeasuredRelation
{
    public required Relation Relation { get; init; }

    /// <summary>What speaks for it.</summary>
    public required string Evidence { get; init; }

    /// <summary>Gives the number of rows without a partner; null when no row was read.</summary>
    public string? Query { get; init; }

    public long? OrphanCount { get; init; }

    /// <summary>The most rows that refer to the same one.</summary>
    public long? MaxFanOut { get; init; }

    /// <summary>How many rows refer to one that is referred to, on average.</summary>
    public double? MeanFanOut { get; init; }

    /// <summary>The rows without a partner as a finding; null when there are none.</summary>
    public Finding? Finding { get; init; }
}

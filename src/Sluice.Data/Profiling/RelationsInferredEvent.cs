namespace Sluice.Data.Profiling;

/// <summary>The tables were compared with each other.</summary>
public sealed record RelationsInferredEvent : ProfilingEvent
{
    /// <summary>Relations that the database declares.</summary>
    public required int Declared { get; init; }

    /// <summary>Relations that were inferred from names and values.</summary>
    public required int Inferred { get; init; }
}

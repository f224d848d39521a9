namespace Sluice.Data.Knowledge;

/// <summary>The directory was looked through.</summary>
public sealed record IngestionStartedEvent : IngestionEvent
{
    /// <summary>Files whose names end as asked for. Each has one more event, in the order of their paths.</summary>
    public required int Files { get; init; }
}

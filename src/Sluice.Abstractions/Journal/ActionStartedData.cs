namespace Sluice.Journal;

/// <summary>The claim on an action, or on its undoing: from here on its effect may have happened.</summary>
public sealed record ActionStartedData : JournalData
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The action's place, from 0; -1 for a dispatcher that applies the plan as a whole.</summary>
    public required int Index { get; init; }

    /// <summary>The action's kind; empty for the plan as a whole.</summary>
    public required string ActionKind { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The key the handler gets.</summary>
    public required string IdempotencyKey { get; init; }
}

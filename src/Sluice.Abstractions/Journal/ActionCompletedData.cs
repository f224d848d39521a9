namespace Sluice.Journal;

/// <summary>What came of an action.</summary>
public sealed record ActionCompletedData : JournalData
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The action's place, from 0; -1 for a dispatcher that applies the plan as a whole.</summary>
    public required int Index { get; init; }

    /// <summary>The action's kind; empty for the plan as a whole.</summary>
    public required string ActionKind { get; init; }

    /// <summary>Executed, failed or compensated.</summary>
    public required ActionStatus Status { get; init; }

    /// <summary>What it changed, when it was applied.</summary>
    public ActionResult? Result { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }
}

namespace Sluice;

/// <summary>The stable codes of what a check of a run's records can find.</summary>
public static class AuditProblemCodes
{
    /// <summary>The hash chain breaks: an entry was edited, dropped, added or moved, or the end was cut off.</summary>
    public const string ChainBroken = "chain_broken";

    /// <summary>An entry does not say what its kind says.</summary>
    public const string EntryUnreadable = "entry_unreadable";

    /// <summary>An entry stands where its kind cannot stand, or counts events that it does not give rise to.</summary>
    public const string EntryMisplaced = "entry_misplaced";

    /// <summary>The run was written by a newer version of the journal, which this build cannot judge.</summary>
    public const string NewerJournal = "newer_journal";

    /// <summary>The run's row does not agree with its journal.</summary>
    public const string RowDiffers = "row_differs";

    /// <summary>A request that the journal names is not in the store.</summary>
    public const string RequestMissing = "request_missing";

    /// <summary>A stored request does not say any more what was asked.</summary>
    public const string RequestChanged = "request_changed";

    /// <summary>The journal has a decision on something that was not asked.</summary>
    public const string DecisionUnasked = "decision_unasked";

    /// <summary>A decision is not the one that its decider gave: the MAC does not fit, or journal and store differ.</summary>
    public const string DecisionForged = "decision_forged";

    /// <summary>Something was done that waited for a decision, and nobody had approved it.</summary>
    public const string EffectUndecided = "effect_undecided";

    /// <summary>A plan that the run stored is not in the store.</summary>
    public const string PlanMissing = "plan_missing";

    /// <summary>A stored plan does not agree with the journal, or with its own hash.</summary>
    public const string PlanDiffers = "plan_differs";
}

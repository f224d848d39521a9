using System.Text.Json;

namespace Sluice;

/// <summary>A plan as it is stored: the latest version, its status and how it got there.</summary>
public sealed record StoredPlan
{
    /// <summary>The plan's id.</summary>
    public required string PlanId { get; init; }

    /// <summary>The name of its <see cref="PlanSpec"/>.</summary>
    public required string SpecName { get; init; }

    /// <summary>Where it stands.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>The version of the body, from 1. Storing a draft again adds one.</summary>
    public required int Version { get; init; }

    /// <summary>The body without its <c>actions</c>. An object.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>The actions in canonical form.</summary>
    public required IReadOnlyList<PlanAction> Actions { get; init; }

    /// <summary>SHA-256, in hex, of the canonical JSON of spec name, version and body.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The thread on which it was stored.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The run that stored it first.</summary>
    public required string RunId { get; init; }

    /// <summary>Names the run and the step that wrote the current version: a step that is repeated after a crash finds its own work.</summary>
    public required string StepKey { get; init; }

    /// <summary>Names the run and the call that executes it, once it is approved; null before.</summary>
    public string? ExecutionKey { get; init; }

    /// <summary>Every change so far, oldest first.</summary>
    public required IReadOnlyList<PlanChange> History { get; init; }

    /// <summary>What the dispatcher reported, once the plan is executed.</summary>
    public ActionResult? Result { get; init; }

    /// <summary>Why it failed, once it is failed.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>Counts the changes of this row, from 1; a change names the revision it saw.</summary>
    public long Revision { get; init; } = 1;
}

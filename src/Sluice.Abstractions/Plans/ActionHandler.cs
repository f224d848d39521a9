namespace Sluice;

/// <summary>The code behind one kind of action.</summary>
public sealed record ActionHandler
{
    /// <summary>Applies the action. Null stands for a result with nothing to tell.</summary>
    public required Func<PlanAction, DispatchContext, Task<ActionResult?>> Handle { get; init; }

    /// <summary>Says what the action would change, for the approval card. It must change nothing.</summary>
    public Func<PlanAction, DispatchContext, Task<object?>>? Preview { get; init; }

    /// <summary>
    /// Says after a crash whether the action happened: its result, or null when it did not. Also asked when the process stopped while the
    /// action was being undone: null then says that it is undone. When it throws, a person is asked.
    /// </summary>
    public Func<PlanAction, DispatchContext, Task<ActionResult?>>? Reconcile { get; init; }

    /// <summary>Undoes a finished action when a later one fails and the plan asks for it.</summary>
    public Func<PlanAction, DispatchContext, Task>? Compensate { get; init; }

    /// <summary>Whether repeating the action, or its undoing, with the same idempotency key changes nothing more. Default: false.</summary>
    public bool Idempotent { get; init; }
}

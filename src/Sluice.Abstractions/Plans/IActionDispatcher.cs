namespace Sluice;

/// <summary>Host code that applies approved plans. No model can call it; the runtime does, after the gate.</summary>
public interface IActionDispatcher
{
    /// <summary>Applies the actions of one plan as a whole.</summary>
    /// <param name="actions">The canonical actions, in order.</param>
    /// <param name="context">The plan, who approved it, and the hydrated references.</param>
    /// <returns>What changed; null stands for nothing worth telling.</returns>
    /// <remarks>
    /// Called at most once per approved version unless the runtime died in between: <see cref="DispatchContext.IdempotencyKey"/> is the
    /// same then, so that a dispatcher can tell a repetition.
    /// </remarks>
    Task<ActionResult?> DispatchAsync(IReadOnlyList<PlanAction> actions, DispatchContext context);
}

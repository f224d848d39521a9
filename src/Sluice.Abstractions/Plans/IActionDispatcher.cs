namespace Sluice;

/// <summary>Host code that applies approved plans. No model can call it; the runtime does, after the gate.</summary>
public interface IActionDispatcher
{
    /// <summary>Applies the actions of one plan as a whole.</summary>
    /// <param name="actions">The canonical actions, in order.</param>
    /// <param name="context">The plan, who approved it, and the hydrated references.</param>
    /// <returns>What changed; null stands for nothing worth telling.</returns>
    /// <remarks>
    /// Called once per approved version. When the process stopped while it ran, a person is asked whether it happened, and only the answer
    /// <c>retry</c> calls it again, with the same idempotency key. Use <see cref="ActionHandlers"/> for actions that can say whether they happened, or that may be repeated.
    /// </remarks>
    Task<ActionResult?> DispatchAsync(IReadOnlyList<PlanAction> actions, DispatchContext context);
}

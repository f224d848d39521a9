using System.Text.Json;

namespace Sluice;

/// <summary>
/// Typed handlers by action kind. The runtime applies a plan action by action through them and journals each one; kinds without a handler
/// are found when the runtime is created. A value: every <c>On</c> returns a new one.
/// </summary>
public sealed class ActionHandlers : IActionDispatcher
{
    private readonly PlanSpec _plan;
    private readonly Dictionary<(string Plan, string Kind), ActionHandler> _handlers;

    private ActionHandlers(PlanSpec plan, Dictionary<(string, string), ActionHandler> handlers)
    {
        _plan = plan;
        _handlers = handlers;
    }

    /// <summary>Starts the handlers of a plan.</summary>
    public static ActionHandlers For(PlanSpec plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan, []);
    }

    /// <summary>Goes on with the handlers of another plan of the same runtime.</summary>
    public ActionHandlers And(PlanSpec plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan, _handlers);
    }

    /// <summary>Adds the handler of an action type.</summary>
    /// <typeparam name="TAction">An action type of the plan.</typeparam>
    /// <param name="handle">Applies the action. Null stands for a result with nothing to tell.</param>
    /// <param name="preview">Says what the action would change, for the approval card; it must change nothing.</param>
    /// <param name="reconcile">Says after a crash whether the action happened: its result, or null when it did not.</param>
    /// <param name="compensate">Undoes a finished action when a later one fails and the plan asks for it.</param>
    /// <param name="idempotent">Whether repeating it with the same idempotency key changes nothing more.</param>
    /// <exception cref="ArgumentException">The plan has no action of this type, or it has a handler already.</exception>
    public ActionHandlers On<TAction>(
        Func<TAction, DispatchContext, Task<ActionResult?>> handle,
        Func<TAction, DispatchContext, Task<object?>>? preview = null,
        Func<TAction, DispatchContext, Task<ActionResult?>>? reconcile = null,
        Func<TAction, DispatchContext, Task>? compensate = null,
        bool idempotent = false)
        where TAction : class
    {
        ArgumentNullException.ThrowIfNull(handle);
        var binding = _plan.Binding
            ?? throw new ArgumentException($"Plan '{_plan.Name}' has no C# types. Use On(kind, handler).", nameof(handle));
        var kind = binding.ActionKinds.FirstOrDefault(pair => pair.Value == typeof(TAction)).Key
            ?? throw new ArgumentException(
                $"Plan '{_plan.Name}' has no action of type {typeof(TAction).Name}; it has {string.Join(", ", binding.ActionKinds.Keys)}.",
                nameof(handle));

        TAction Read(PlanAction action) => action.Deserialize<TAction>(binding);
        return On(kind, new()
        {
            Handle = (action, context) => handle(Read(action), context),
            Preview = preview is null ? null : (action, context) => preview(Read(action), context),
            Reconcile = reconcile is null ? null : (action, context) => reconcile(Read(action), context),
            Compensate = compensate is null ? null : (action, context) => compensate(Read(action), context),
            Idempotent = idempotent,
        });
    }

    /// <summary>Adds a handler by action kind.</summary>
    /// <param name="kind">The kind, as it stands in the plan's schema.</param>
    /// <param name="handler">The handler.</param>
    /// <exception cref="ArgumentException">The kind has a handler already.</exception>
    public ActionHandlers On(string kind, ActionHandler handler)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(handler);
        var handlers = new Dictionary<(string, string), ActionHandler>(_handlers);
        if (!handlers.TryAdd((_plan.Name, kind), handler))
            throw new ArgumentException($"Action '{kind}' of plan '{_plan.Name}' has a handler already.", nameof(kind));
        return new(_plan, handlers);
    }

    /// <summary>The handler of a kind; null when there is none.</summary>
    public ActionHandler? Find(string planName, string kind) => _handlers.GetValueOrDefault((planName, kind));

    /// <summary>The kinds that have a handler, for one plan.</summary>
    public IEnumerable<string> KindsOf(string planName) => _handlers.Keys.Where(key => key.Plan == planName).Select(key => key.Kind);

    /// <summary>Applies the actions one after the other. The runtime does not use this: it calls each handler itself, to record each action.</summary>
    public async Task<ActionResult?> DispatchAsync(IReadOnlyList<PlanAction> actions, DispatchContext context)
    {
        ArgumentNullException.ThrowIfNull(actions);
        long affected = 0;
        foreach (var action in actions)
        {
            var handler = Find(_plan.Name, action.Kind)
                ?? throw new SluiceException(ErrorCodes.NoDispatcher, $"Action '{action.Kind}' of plan '{_plan.Name}' has no handler.");
            var result = await handler.Handle(action, context).ConfigureAwait(false);
            affected += result?.EntitiesAffected ?? 0;
        }

        return new() { EntitiesAffected = affected };
    }
}

using System.Text.Json;

namespace Sluice;

/// <summary>What a dispatcher or an action handler knows of the plan it applies.</summary>
public abstract class DispatchContext
{
    /// <summary>The plan's id.</summary>
    public abstract string PlanId { get; }

    /// <summary>The version that was approved.</summary>
    public abstract int PlanVersion { get; }

    /// <summary>The run that executes it.</summary>
    public abstract string RunId { get; }

    /// <summary>The tenant of the runtime.</summary>
    public abstract TenantSpec Tenant { get; }

    /// <summary>Who approved; null when the policy did not ask, or the decider was not named.</summary>
    public abstract string? ApprovedBy { get; }

    /// <summary>A key that is the same for every attempt at this plan version and action, and different for every other.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>The host's services; an empty provider when the runtime was given none.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Cancelled when the run is cancelled.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>The plan's body without its actions.</summary>
    public abstract JsonElement PlanContext { get; }

    /// <summary>The values of all references in the plan, by handle.</summary>
    public abstract IReadOnlyDictionary<ReferenceHandle, JsonElement> ResolvedReferences { get; }

    /// <summary>The value behind a typed handle, hydrated outside the model's context.</summary>
    /// <exception cref="SluiceException">The plan does not contain the handle (<c>reference_not_found</c>).</exception>
    public T Resolve<T>(Ref<T> reference) => Resolve<T>(reference.Handle);

    /// <summary>The value behind a handle, hydrated outside the model's context.</summary>
    /// <exception cref="SluiceException">The plan does not contain the handle (<c>reference_not_found</c>).</exception>
    public abstract T Resolve<T>(ReferenceHandle reference);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Runtime.Plans;

/// <summary>What a handler or dispatcher sees of its plan.</summary>
internal sealed class PlanDispatchContext(
    TenantSpec tenant, IServiceProvider services, StoredPlan plan, string runId, int index,
    IReadOnlyDictionary<ReferenceHandle, JsonElement> values, CancellationToken cancellationToken) : DispatchContext
{
    public override string PlanId => plan.PlanId;

    public override int PlanVersion => plan.Version;

    public override string RunId => runId;

    public override TenantSpec Tenant => tenant;

    public override string? ApprovedBy => plan.History.LastOrDefault(change => change.Status == PlanStatus.Approved)?.By;

    public override string IdempotencyKey => field ??= KeyOf(tenant, plan, index);

    public override IServiceProvider Services => services;

    public override CancellationToken CancellationToken => cancellationToken;

    public override JsonElement PlanContext => plan.Context;

    public override IReadOnlyDictionary<ReferenceHandle, JsonElement> ResolvedReferences => values;

    /// <summary>SHA-256 over tenant, plan, version, content and index: the same for every attempt, in whatever process.</summary>
    public static string KeyOf(TenantSpec tenant, StoredPlan plan, int index) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{tenant.ResourceId}\n{plan.PlanId}\n{plan.Version}\n{plan.ContentHash}\n{index}")).AsSpan(0, 16));

    public override T Resolve<T>(ReferenceHandle reference) => values.TryGetValue(reference, out var value)
        ? value.Deserialize<T>(SluiceJson.Options)!
        : throw new SluiceException(
            ErrorCodes.ReferenceNotFound, $"Plan '{plan.PlanId}' has no reference '{reference.Id}' of kind '{reference.Kind}'.");
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryApprovalStore : IApprovalStore
{
    private const int SigningKeySize = 32;

    private readonly TenantTable<ApprovalRequest> _requests = new();
    private readonly ConcurrentDictionary<string, TenantGrants> _grants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _signingKeys = new(StringComparer.Ordinal);
    private Signal _closed;

    public ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        return new(_requests.Of(tenant).TryAdd(request.Id, Copy(request)));
    }

    public ValueTask<bool> TryUpdateAsync(
        TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Version != expectedVersion + 1)
            throw new ArgumentException($"The new row has version {request.Version}; after {expectedVersion} comes {expectedVersion + 1}.", nameof(request));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var copy = Copy(request);
        var updated = _requests.TryReplace(tenant, request.Id, current => current.Version == expectedVersion, copy);
        if (updated && request.Status != ApprovalStatus.Pending) _closed.Raise();
        return new(updated);
    }

    public ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<ApprovalRequest?>(cancellationToken)
            : new(_requests.Get(tenant, id));

    public ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(
        TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<ApprovalRequest>>(cancellationToken);
        var order = Comparer<ApprovalRequest>.Create((one, other) => Order(filter, one, other.CreatedAt, other.Id));
        return new([.. _requests.RowsOf(tenant).Where(request => Matches(request, filter)).Order(order).Take(filter.Limit)]);
    }

    public Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken) => _closed.Next().WaitAsync(cancellationToken);

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        GrantsOf(tenant).RemoveRuns(runIds);
        var requests = _requests.Of(tenant);
        return new(requests.Count(row =>
            runIds.Contains(row.Value.RunId) && row.Value.Decision?.Grant != ApprovalGrantScope.Arguments && requests.TryRemove(row)));
    }

    public ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        GrantsOf(tenant).Add(grant);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(
        TenantSpec tenant, string toolName, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<ApprovalGrant>>(cancellationToken)
            : new(GrantsOf(tenant).For(toolName));

    public ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<ReadOnlyMemory<byte>>(cancellationToken)
            : new(_signingKeys.GetOrAdd(tenant.ResourceId, static _ => RandomNumberGenerator.GetBytes(SigningKeySize)));
    }

    /// <summary>Whether a request comes before (negative) or after (positive) a place of the list.</summary>
    private static int Order(ApprovalFilter filter, ApprovalRequest request, DateTimeOffset createdAt, string id)
    {
        var order = request.CreatedAt.CompareTo(createdAt);
        if (order == 0) order = string.CompareOrdinal(request.Id, id);
        return filter.IsNewestFirst ? -order : order;
    }

    private static bool Matches(ApprovalRequest request, ApprovalFilter filter) =>
        (filter.Status is null || request.Status == filter.Status)
        && (!filter.IsClosed || request.Status != ApprovalStatus.Pending)
        && (!filter.IsUnapplied || (request.Status != ApprovalStatus.Pending && !request.IsApplied))
        && (filter.RunId is null || request.RunId == filter.RunId)
        && (filter.ThreadId is null || request.ThreadId == filter.ThreadId)
        && (filter.ExpiresBy is null || request.ExpiresAt <= filter.ExpiresBy)
        && (filter.After is not { } after || Order(filter, request, after.CreatedAt, after.Id) > 0);

    private static ApprovalRequest Copy(ApprovalRequest request) => request with
    {
        Payload = request.Payload.Owned(),
        Policy = request.Policy with { Approvers = [.. request.Policy.Approvers] },
        Decisions = [.. request.Decisions.Select(decision => decision with { Partial = decision.Partial.Owned() })],
    };

    private TenantGrants GrantsOf(TenantSpec tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return _grants.GetOrAdd(tenant.ResourceId, static _ => new());
    }
}

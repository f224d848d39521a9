namespace Sluice.Postgres.Waiting;

/// <summary>All who wait for one thing in this process. The lock of <see cref="Waiters"/> guards it.</summary>
internal sealed class WaitPoint(WakeKey key, TenantSpec tenant, string? runId)
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WakeKey Key => key;

    public TenantSpec Tenant => tenant;

    /// <summary>The run; null when it is the tenant's approvals that are waited for.</summary>
    public string? RunId => runId;

    /// <summary>The smallest sequence after which somebody waits for an entry.</summary>
    public long LowestAfter { get; set; } = long.MaxValue;

    public int Waiting { get; set; }

    public Task Woken => _source.Task;

    public void Wake() => _source.TrySetResult();
}

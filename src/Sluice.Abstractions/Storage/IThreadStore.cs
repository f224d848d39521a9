namespace Sluice.Storage;

/// <summary>Conversations and the order of their runs. Rows of one tenant are never visible to another.</summary>
/// <remarks>
/// Tenants are told apart by <see cref="TenantSpec.ResourceId"/> alone. A token that is cancelled before the call MUST stop it with nothing
/// stored.
/// </remarks>
public interface IThreadStore
{
    /// <summary>Puts a run at the end of its thread, making the thread when it is new. A run that is on the thread already keeps its place.</summary>
    /// <returns>The run's place, from 1. Runs that are added at the same time get different places, without gaps.</returns>
    /// <remarks>The place MUST be durable, and visible to every reader of the store, before this completes.</remarks>
    ValueTask<int> AddRunAsync(TenantSpec tenant, string threadId, string runId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The ids of a thread's runs in order; none when the thread is not known.</summary>
    ValueTask<IReadOnlyList<string>> ListRunsAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken);

    /// <summary>Takes runs off their thread; a thread without runs is gone. Other runs keep their places, and new ones come after the last.</summary>
    ValueTask RemoveRunsAsync(TenantSpec tenant, string threadId, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken);

    /// <summary>A thread; null when the tenant has no such thread.</summary>
    ValueTask<ThreadRecord?> GetAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken);

    /// <summary>The tenant's threads, last used first; threads of one instant by id, last first.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="after">Only threads that come after this place of the list: the last one of the page before; null: from the first.</param>
    /// <param name="limit">The most threads to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    ValueTask<IReadOnlyList<ThreadRecord>> ListAsync(TenantSpec tenant, ThreadCursor? after, int limit, CancellationToken cancellationToken);
}

using System.Security.Cryptography;
using Sluice.Studio.Documents;

namespace Sluice.Studio.Threads;

/// <summary>Conversations that were made and have no run yet: the runtime knows nothing of them.</summary>
internal sealed class NewThreads(DocumentStore documents, TimeProvider time)
{
    /// <summary>Makes one.</summary>
    public async ValueTask<ThreadRecord> CreateAsync(AgentRuntime runtime, CancellationToken cancellationToken)
    {
        // Places in lists are told to the millisecond.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var thread = new ThreadRecord { ThreadId = $"thread-{RandomNumberGenerator.GetHexString(16, lowercase: true)}", CreatedAt = now, UpdatedAt = now, RunCount = 0 };
        await documents.SaveAsync(runtime.Spec.Tenant, DocumentKinds.NewThreads, thread.ThreadId, thread, 0, cancellationToken).ConfigureAwait(false);
        return thread;
    }

    /// <summary>A conversation without a run; null: there is none of this id.</summary>
    public async ValueTask<ThreadRecord?> FindAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        (await documents.FindAsync<ThreadRecord>(runtime.Spec.Tenant, DocumentKinds.NewThreads, thread, cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>Those that come after a place of the list of threads.</summary>
    public async ValueTask<List<ThreadRecord>> ListAsync(AgentRuntime runtime, ThreadCursor? after, CancellationToken cancellationToken)
    {
        var threads = new List<ThreadRecord>();
        await foreach (var document in documents.ListAsync<ThreadRecord>(runtime.Spec.Tenant, DocumentKinds.NewThreads, cancellationToken).ConfigureAwait(false))
        {
            if (await runtime.GetThreadAsync(document.Id, cancellationToken).ConfigureAwait(false) is not null)
                await RemoveAsync(runtime, document.Id, cancellationToken).ConfigureAwait(false);
            else if (after is null || Compare(document.Value, after) > 0)
                threads.Add(document.Value);
        }

        return threads;
    }

    public async ValueTask RemoveAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        await documents.RemoveAsync<ThreadRecord>(runtime.Spec.Tenant, DocumentKinds.NewThreads, thread, null, cancellationToken).ConfigureAwait(false);

    /// <summary>The order of lists of threads: last used first.</summary>
    public static int Compare(ThreadRecord left, ThreadRecord right) => Compare(left, new ThreadCursor(right.UpdatedAt, right.ThreadId));

    private static int Compare(ThreadRecord thread, ThreadCursor place) =>
        place.UpdatedAt.CompareTo(thread.UpdatedAt) is var order and not 0 ? order : string.CompareOrdinal(place.ThreadId, thread.ThreadId);
}

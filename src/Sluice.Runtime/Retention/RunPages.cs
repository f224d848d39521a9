using System.Runtime.CompilerServices;
using Sluice.Storage;

namespace Sluice.Runtime.Retention;

/// <summary>Lists all runs that match, however many there are, a page at a time.</summary>
internal static class RunPages
{
    private const int PageSize = 200;

    /// <summary>The runs, newest first. Those that are removed while they are listed do not disturb the list.</summary>
    public static async IAsyncEnumerable<RunRecord> ReadAsync(
        IJournalStore store, TenantSpec tenant, RunFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        filter = filter with { Limit = PageSize };
        while (true)
        {
            var page = await store.ListRunsAsync(tenant, filter, cancellationToken).ConfigureAwait(false);
            foreach (var run in page) yield return run;
            if (page.Count < PageSize) yield break;
            filter = filter with { After = new(page[^1].StartedAt, page[^1].RunId) };
        }
    }
}

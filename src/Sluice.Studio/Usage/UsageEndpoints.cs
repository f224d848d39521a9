using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Storage;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Usage;

/// <summary>Tokens and cost of a workspace.</summary>
internal sealed class UsageEndpoints(WorkspaceTable workspaces, TimeProvider time)
{
    private const int MostDays = 366;
    private const int MostRuns = 10_000;
    private const int PageSize = 1000;

    /// <summary>How many runs that began before the first day are looked at: those that waited for somebody may have gone on since.</summary>
    private const int MostOlder = 1000;

    private readonly RunCalls _calls = new();

    public void Map(RouteGroupBuilder workspace) =>
        workspace.MapGet("/usage", UsageAsync).WithSummary("Tokens and cost of the last days: by agent, model and day");

    private async Task<Answer<UsageReport>> UsageAsync(string workspace, int? days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays) throw new BadHttpRequestException($"'days' is {days}: from 1 to {MostDays}.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var from = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1 - (days ?? 30));
        var (sums, runs) = (new List<CallSum>(), 0);
        await foreach (var run in RunsAsync(runtime, from, cancellationToken).ConfigureAwait(false))
        {
            if (++runs > MostRuns) break;
            sums.AddRange((await _calls.OfAsync(workspace, runtime, run, cancellationToken).ConfigureAwait(false)).Where(sum => sum.Day >= from));
        }

        return new(new()
        {
            From = from,
            Runs = Math.Min(runs, MostRuns),
            IsComplete = runs <= MostRuns,
            Total = sums.Aggregate(UsageRow.None("total"), (row, sum) => row.Add(sum.Used)),
            Agents = [.. By(sums, sum => sum.Agent).OrderByDescending(row => row.Tokens.TotalTokens)],
            Models = [.. By(sums, sum => sum.Model).OrderByDescending(row => row.Tokens.TotalTokens)],
            Days = [.. By(sums, sum => sum.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).OrderBy(row => row.Name, StringComparer.Ordinal)],
        });
    }

    /// <summary>The runs that were at work on a day or after it, newest first.</summary>
    private static async IAsyncEnumerable<RunRecord> RunsAsync(AgentRuntime runtime, DateOnly from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begin = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
        RunCursor? after = null;
        var older = 0;
        while (true)
        {
            var page = await runtime.ListRunsAsync(new() { After = after, Limit = PageSize }, cancellationToken).ConfigureAwait(false);
            foreach (var run in page)
            {
                if (run.StartedAt < begin && ++older > MostOlder) yield break;
                if (run.UpdatedAt >= begin) yield return run;
            }

            if (page.Count < PageSize) yield break;
            after = new(page[^1].StartedAt, page[^1].RunId);
        }
    }

    private static IEnumerable<UsageRow> By(IEnumerable<CallSum> sums, Func<CallSum, string> nameOf) => sums
        .GroupBy(nameOf, StringComparer.Ordinal)
        .Select(group => group.Aggregate(UsageRow.None(group.Key), (row, sum) => row.Add(sum.Used)));
}

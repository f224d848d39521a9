using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Usage;

/// <summary>Tokens and cost of a workspace.</summary>
internal sealed class UsageEndpoints(WorkspaceTable workspaces, TimeProvider time)
{
    private const int MostDays = 366;
    private const int MostRuns = 1000;

    public void Map(RouteGroupBuilder workspace) =>
        workspace.MapGet("/usage", UsageAsync).WithSummary("Tokens and cost of the last days: by agent, model and day");

    private async Task<Answer<UsageReport>> UsageAsync(string workspace, int? days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays) throw new BadHttpRequestException($"'days' is {days}: from 1 to {MostDays}.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var from = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1 - (days ?? 30));
        var newest = await runtime.ListRunsAsync(new() { Limit = MostRuns }, cancellationToken).ConfigureAwait(false);
        var runs = newest.Where(run => DayOf(run.StartedAt) >= from).ToList();
        var calls = new List<TraceSpan>();
        foreach (var run in runs)
        {
            if (await runtime.GetTraceAsync(run.RunId, cancellationToken: cancellationToken).ConfigureAwait(false) is { } trace)
                calls.AddRange(trace.Spans.Where(span => span is { Kind: TraceSpanKind.Chat, IsCopied: false }));
        }

        return new(new()
        {
            From = from,
            Runs = runs.Count,
            IsComplete = runs.Count < MostRuns,
            Total = Sum("total", calls),
            Agents = [.. By(calls, call => call.Agent).OrderByDescending(row => row.Tokens.TotalTokens)],
            Models = [.. By(calls, call => call.Name).OrderByDescending(row => row.Tokens.TotalTokens)],
            Days = [.. By(calls, call => DayOf(call.StartedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).OrderBy(row => row.Name, StringComparer.Ordinal)],
        });
    }

    private static IEnumerable<UsageRow> By(IEnumerable<TraceSpan> calls, Func<TraceSpan, string> nameOf) =>
        calls.GroupBy(nameOf, StringComparer.Ordinal).Select(group => Sum(group.Key, group));

    private static UsageRow Sum(string name, IEnumerable<TraceSpan> calls) => calls.Aggregate(
        new UsageRow(name, 0, TokenUsage.Zero, 0, 0),
        (row, call) => row with
        {
            Calls = row.Calls + 1,
            Tokens = row.Tokens + (call.Usage ?? TokenUsage.Zero),
            CostUsd = row.CostUsd + (call.CostUsd ?? 0),
            UnpricedCalls = row.UnpricedCalls + (call.CostUsd is null ? 1 : 0),
        });

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

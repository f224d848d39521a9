using System.Collections.Concurrent;
using Sluice.Storage;

namespace Sluice.Studio.Usage;

/// <summary>The model calls of runs, summed by agent, model and day. A run is read again only when its journal has grown.</summary>
internal sealed class RunCalls
{
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<(string Workspace, string Run), Read> _known = new();

    /// <summary>What a run's calls used, those left out that it took over from another run.</summary>
    public async ValueTask<IReadOnlyList<CallSum>> OfAsync(string workspace, AgentRuntime runtime, RunRecord run, CancellationToken cancellationToken)
    {
        var key = (workspace, run.RunId);
        if (_known.TryGetValue(key, out var known) && known.LastEntry == run.LastEntry) return known.Sums;
        var trace = await runtime.GetTraceAsync(run.RunId, cancellationToken: cancellationToken).ConfigureAwait(false);
        IReadOnlyList<CallSum> sums = trace is null ? [] : [.. Sum(trace.Spans)];
        // What is kept is small, and soon read again: the bound is for apps that run for months.
        if (_known.Count >= MostKept) _known.Clear();
        _known[key] = new(run.LastEntry, sums);
        return sums;
    }

    private static IEnumerable<CallSum> Sum(IReadOnlyList<TraceSpan> spans) => spans
        .Where(span => span is { Kind: TraceSpanKind.Chat, IsCopied: false })
        .GroupBy(span => (span.Agent, span.Name, Day: DateOnly.FromDateTime(span.StartedAt.UtcDateTime)))
        .Select(group => new CallSum(group.Key.Agent, group.Key.Name, group.Key.Day, group.Aggregate(UsageRow.None(""), (row, span) => row.Add(span))));

    private sealed record Read(long LastEntry, IReadOnlyList<CallSum> Sums);
}

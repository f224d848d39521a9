using System.Globalization;

namespace Sluice.Tests.Snippets;

public static class TracesGuide
{
    public static async Task TellAsync(AgentRuntime runtime, string runId, TextWriter console)
    {
        // snippet: traces-read
        if (await runtime.GetTraceAsync(runId) is not { } trace) return;
        foreach (var span in trace.Spans)
            console.WriteLine($"{span.Kind,-12} {span.Agent,-10} {span.Name,-16} {span.DurationMs,6} ms  {span.Status}  {span.ErrorCode}");
        console.WriteLine($"{trace.Usage.TotalTokens} tokens, {trace.CostUsd?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "?"} US dollars");
        // end
    }

    public static async Task<TimeSpan> WaitedAsync(AgentRuntime runtime, string evalRunId)
    {
        // snippet: traces-list
        var waited = TimeSpan.Zero;
        RunCursor? after = null;
        while (await runtime.ListTracesAsync(evalRunId, after: after) is [.., { } last] page)
        {
            foreach (var header in page)
            {
                var trace = await runtime.GetTraceAsync(header.Id);
                foreach (var span in trace?.Spans ?? [])
                    if (span.Kind == TraceSpanKind.Approval) waited += TimeSpan.FromMilliseconds(span.DurationMs ?? 0);
            }

            after = new(last.StartedAt, last.Id);
        }
        // end

        return waited;
    }
}

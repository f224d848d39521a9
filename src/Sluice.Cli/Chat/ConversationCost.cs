using System.Globalization;
using Sluice.Cli.Output;

namespace Sluice.Cli.Chat;

/// <summary>What the runs of a conversation used, by agent, as their records say.</summary>
internal sealed class ConversationCost(AgentRuntime runtime, ChatScreen screen)
{
    private const int MostRuns = 1000;

    /// <summary>A run says what it used shortly before its end.</summary>
    private const int LastEvents = 10;

    public async Task ShowAsync(string? threadId, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> runs = threadId is null ? [] : await runtime.ListRunsAsync(new() { ThreadId = threadId, Limit = MostRuns }, cancellationToken);
        var (lines, uncounted) = (new List<UsageLine>(), 0);
        foreach (var run in runs)
        {
            if (await FindAsync(run, cancellationToken) is { } summary) lines.AddRange(summary.Agents);
            else uncounted++;
        }

        if (lines.Count > 0) Show(lines);
        else screen.Line("This conversation has used nothing yet.");
        if (uncounted > 0) screen.Line(uncounted == 1 ? "A run that has not come to its end is not counted." : $"{uncounted} runs that have not come to their end are not counted.", screen.Ink.Faint);
    }

    private async Task<CostSummaryEvent?> FindAsync(RunRecord run, CancellationToken cancellationToken)
    {
        // The events of a run that goes on would not end.
        if (run.State is RunState.Running or RunState.Waiting or RunState.Interrupted) return null;
        CostSummaryEvent? summary = null;
        await foreach (var happened in runtime.EventsAsync(run.RunId, Math.Max(0, run.LastEvent - LastEvents), cancellationToken))
            summary = happened as CostSummaryEvent ?? summary;
        return summary;
    }

    private void Show(List<UsageLine> lines)
    {
        var table = new TextTable("agent", "tokens in", "from cache", "tokens out", "dollars");
        foreach (var agent in lines.GroupBy(line => line.Name, StringComparer.Ordinal)) Add(table, agent.Key, [.. agent]);
        Add(table, "all", lines);
        screen.Table(table);
    }

    private static void Add(TextTable table, string name, IReadOnlyList<UsageLine> lines)
    {
        var usage = lines.Aggregate(TokenUsage.Zero, (sum, line) => sum + line.Usage);
        var cost = lines.All(line => line.CostUsd is not null)
            ? new TextCell(lines.Sum(line => line.CostUsd!.Value).ToString("0.00##", CultureInfo.InvariantCulture), IsNumber: true)
            : new TextCell("unknown");
        table.Add(name, usage.InputTokens, usage.CacheReadTokens, usage.OutputTokens, cost);
    }
}

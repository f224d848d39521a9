using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.History;

/// <summary>
/// Keeps a frame's history within its model's window: old results become references first, then old turns are summarised. What was folded
/// is recorded before it is used, so a run that is taken up folds the same again.
/// </summary>
internal sealed class Compaction(RuntimeOptions options, ModelWindows windows, ResultFolding results, TurnFolding turns)
{
    // Brought down to this share of what starts a compaction, so that the next turn does not start another.
    private const double Goal = 0.75;
    private const int SummariesPerWindow = 8;
    private const int LeastSummaryTokens = 64;

    /// <summary>Where history begins: after the system prompt.</summary>
    private const int Start = 1;

    /// <summary>Folds history before the next turn, when it is too large or when that was recorded.</summary>
    public async ValueTask FitAsync(Frame frame)
    {
        frame.Measure();
        if (frame.Run.Journal.IsResumed && IsRecorded(frame)) return;
        if (!options.Compaction.Enabled || !frame.Size.IsKnown || windows.Of(frame.Agent) is not { } window) return;
        var most = (long)(window * options.Compaction.Threshold);
        if (frame.Size.Estimate(frame.Messages) <= most || IsSpent(frame.Run.Usage)) return;
        var end = FoldedHistory.StartOfLastTurns(frame.Messages, Start, options.Compaction.TurnsKept);
        var part = new FoldedPart(Start, end, frame.Size.ToBytes(most), SummaryTokens(window));
        await FoldAsync(frame, KeyOf(NextTurn(frame), 1), end, part, (long)(most * Goal)).ConfigureAwait(false);
        // The turns that are kept may fill the window alone: the call would only be refused.
        if (frame.Size.Estimate(frame.Messages) > window) await ShrinkAsync(frame).ConfigureAwait(false);
    }

    /// <summary>Folds all but the last turn, because the next one was refused for its length.</summary>
    /// <returns>False when there was nothing to fold.</returns>
    public async ValueTask<bool> ShrinkAsync(Frame frame)
    {
        if (!options.Compaction.Enabled) return false;
        var turn = NextTurn(frame);
        var number = 2;
        while (Find(frame, turn, number) is not null) number++;
        var end = FoldedHistory.StartOfLastTurns(frame.Messages, Start, turns: 1);
        var half = MessageBytes.Of(frame.Messages, 0, frame.Messages.Count) / 2;
        var part = new FoldedPart(Start, end, half, SummaryTokens(windows.Of(frame.Agent)));
        return await FoldAsync(frame, KeyOf(turn, number), frame.Messages.Count, part, goal: 0).ConfigureAwait(false);
    }

    /// <summary>Folds results, and turns if that is not enough.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="key">The step.</param>
    /// <param name="resultsEnd">Up to where results are folded.</param>
    /// <param name="part">Which turns may be folded.</param>
    /// <param name="goal">The size that is enough; 0: as small as it gets.</param>
    /// <returns>False when there was nothing to fold.</returns>
    private async ValueTask<bool> FoldAsync(Frame frame, string key, int resultsEnd, FoldedPart part, long goal)
    {
        var before = frame.Size.Estimate(frame.Messages);
        var bytes = MessageBytes.Of(frame.Messages, 0, frame.Messages.Count);
        var folded = new HistoryCompactedData
        {
            Results = await results.FoldAsync(frame, key, Start, resultsEnd).ConfigureAwait(false),
            ToolResultsFolded = 0,
            TurnsFolded = 0,
            TokensBefore = before,
            TokensAfter = 0,
        };
        if (goal == 0 || SizeAfter(frame, folded, before, bytes) > goal)
            folded = await turns.FoldAsync(frame, folded, part).ConfigureAwait(false);
        if (folded.Results.Count == 0 && folded.Summary is null) return false;
        folded = folded with { ToolResultsFolded = folded.Results.Count, TokensAfter = SizeAfter(frame, folded, before, bytes) };
        await frame.Run.Journal.AppendAsync(key, frame.Agent.Name, folded).ConfigureAwait(false);
        frame.Run.Usage.AddSummary(frame.Agent.Name, folded);
        Apply(frame, folded);
        return true;
    }

    /// <summary>The estimated size once something is folded; 0 when no call has been counted.</summary>
    private static long SizeAfter(Frame frame, HistoryCompactedData folded, long before, long bytes)
    {
        var draft = new List<ChatMessage>(frame.Messages);
        FoldedHistory.Apply(draft, Start, frame.PromptIndex, folded);
        var saved = bytes - MessageBytes.Of(draft, 0, draft.Count);
        return before == 0 ? 0 : Math.Max(1, saved >= 0 ? before - frame.Size.ToTokens(saved) : before + frame.Size.ToTokens(-saved));
    }

    private static void Apply(Frame frame, HistoryCompactedData folded)
    {
        frame.PromptIndex = FoldedHistory.Apply(frame.Messages, Start, frame.PromptIndex, folded);
        frame.IsCompacted = true;
        frame.Usage += folded.Usage;
        frame.CostUsd += folded.Model is null ? 0m : folded.CostUsd;
        frame.LatencyMs += folded.LatencyMs;
        frame.Size.Restart();
        frame.Size.Measure(folded.TokensAfter, frame.Messages, frame.Messages.Count, frame.Agent.DeclarationBytes);
    }

    /// <summary>Folds what was recorded for a turn.</summary>
    /// <returns>Whether anything was.</returns>
    private static bool Replay(Frame frame, string turn)
    {
        var any = false;
        for (var number = 1; ; number++)
        {
            var folded = Find(frame, turn, number);
            if (folded is null && number > 1) return any;
            if (folded is null) continue;
            Apply(frame, folded);
            any = true;
        }
    }

    /// <summary>Whether what comes next is in the journal: the folding, which is done again, or the turn, before which there was none.</summary>
    private static bool IsRecorded(Frame frame)
    {
        var turn = NextTurn(frame);
        return Replay(frame, turn) || frame.Run.Journal.Recorded<TurnCompletedData>(JournalEntryKind.TurnCompleted, turn) is not null;
    }

    private static string NextTurn(Frame frame) => StepKey.Turn(frame.Path, frame.Turn + 1);

    private static HistoryCompactedData? Find(Frame frame, string turn, int number) =>
        frame.Run.Journal.Recorded<HistoryCompactedData>(JournalEntryKind.HistoryCompacted, KeyOf(turn, number));

    private static string KeyOf(string turn, int number) => StepKey.Sub(turn, number == 1 ? "compaction" : $"compaction/{number}");

    /// <summary>Whether the run has reached a limit: it will end before the next turn, and a summary would be for nobody.</summary>
    private bool IsSpent(RunUsage usage) =>
        usage.Turns >= options.Limits.Turns || usage.Tokens >= options.Limits.Tokens || usage.CostUsd >= options.Limits.CostUsd
        || usage.Worked >= options.Limits.WallTime;

    /// <summary>The most tokens of a summary: in a small window it must leave room for work.</summary>
    private int SummaryTokens(long? window) => window is { } known
        ? (int)Math.Min(options.Compaction.MaxSummaryTokens, Math.Max(LeastSummaryTokens, known / SummariesPerWindow))
        : options.Compaction.MaxSummaryTokens;
}

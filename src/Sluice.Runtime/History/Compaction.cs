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
    private const int Start = 1;

    /// <summary>Folds history before the next turn, when it is too large or when that was recorded.</summary>
    public async ValueTask FitAsync(Frame frame)
    {
        frame.Measure();
        var turn = StepKey.Turn(frame.Path, frame.Turn + 1);
        if (frame.Run.Journal.IsResumed && (Replay(frame, turn) || IsTaken(frame, turn))) return;
        if (!options.Compaction.Enabled || !frame.Size.IsKnown || windows.Of(frame.Agent) is not { } window) return;
        var most = (long)(window * options.Compaction.Threshold);
        if (frame.Size.Estimate(frame.Messages) <= most || IsSpent(frame.Run.Usage)) return;
        var end = FoldedHistory.StartOfLastTurns(frame.Messages, Start, options.Compaction.TurnsKept);
        await FoldAsync(frame, KeyOf(turn, 1), new(end, end, (long)(most * Goal), frame.Size.ToBytes(most))).ConfigureAwait(false);
    }

    /// <summary>Folds all but the last turn, because the next one was refused for its length.</summary>
    /// <returns>False when there was nothing to fold.</returns>
    public async ValueTask<bool> ShrinkAsync(Frame frame)
    {
        if (!options.Compaction.Enabled) return false;
        var turn = StepKey.Turn(frame.Path, frame.Turn + 1);
        var number = 2;
        while (Find(frame, turn, number) is not null) number++;
        var end = FoldedHistory.StartOfLastTurns(frame.Messages, Start, turns: 1);
        return await FoldAsync(frame, KeyOf(turn, number), new(frame.Messages.Count, end, 0, MessageBytes.Of(frame.Messages, 0, frame.Messages.Count) / 2)).ConfigureAwait(false);
    }

    private async ValueTask<bool> FoldAsync(Frame frame, string key, FoldingRange range)
    {
        var before = frame.Size.Estimate(frame.Messages);
        var bytes = MessageBytes.Of(frame.Messages, 0, frame.Messages.Count);
        var folded = new HistoryCompactedData
        {
            Results = await results.FoldAsync(frame, key, Start, range.ResultsEnd).ConfigureAwait(false),
            ToolResultsFolded = 0,
            TurnsFolded = 0,
            TokensBefore = before,
            TokensAfter = 0,
        };
        if (SizeAfter(frame, folded, before, bytes) > range.Goal || range.Goal == 0)
            folded = await turns.FoldAsync(frame, folded, new(Start, range.TurnsEnd, range.TranscriptBytes)).ConfigureAwait(false);
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

    private static HistoryCompactedData? Find(Frame frame, string turn, int number) =>
        frame.Run.Journal.Recorded<HistoryCompactedData>(JournalEntryKind.HistoryCompacted, KeyOf(turn, number));

    private static string KeyOf(string turn, int number) => StepKey.Sub(turn, number == 1 ? "compaction" : $"compaction/{number}");

    private static bool IsTaken(Frame frame, string turn) =>
        frame.Run.Journal.Recorded<TurnCompletedData>(JournalEntryKind.TurnCompleted, turn) is not null;

    /// <summary>Whether the run has reached a limit: it will end before the next turn, and a summary would be for nobody.</summary>
    private bool IsSpent(RunUsage usage) =>
        usage.Turns >= options.Limits.Turns || usage.Tokens >= options.Limits.Tokens || usage.CostUsd >= options.Limits.CostUsd
        || usage.Worked >= options.Limits.WallTime;

    /// <summary>
    /// Up to where results and turns may be folded, the size in tokens that is enough (0: as small as it gets), and how much of what is
    /// folded the model can be sent at once.
    /// </summary>
    private sealed record FoldingRange(int ResultsEnd, int TurnsEnd, long Goal, long TranscriptBytes);
}

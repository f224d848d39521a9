using Sluice.Cli.Chat.Typing;
using Sluice.Cli.Run;

namespace Sluice.Cli.Chat;

/// <summary>Asks whoever sits at the terminal while a run waits. A decision from elsewhere withdraws the question.</summary>
internal sealed class ApprovalDialog(AgentRuntime runtime, ChatScreen screen, Keyboard keyboard, LineEditor editor, RunHints hints, ApproveMode mode, string decider)
{
    private readonly ApprovalCard _card = new(runtime, screen.Terminal);
    private readonly Answers _answers = new(runtime, decider, text => Note(screen, text), new(text => Note(screen, text), keyboard.AsideAsync));

    /// <summary>Asks until there is an answer.</summary>
    /// <returns>Whether there is one; false: it is to come later.</returns>
    public async Task<bool> AskAsync(FollowedRun run, Question question, CancellationToken cancellationToken)
    {
        if (await _answers.TryInAdvanceAsync(question, mode) || !await IsOpenAsync(run, question, cancellationToken)) return true;
        screen.WriteLine("");
        screen.Line($"{question.What} waits for your decision.", screen.Ink.Strong);
        screen.WriteLine("");
        screen.WriteLine(await _card.DescribeAsync(question, cancellationToken));
        screen.WriteLine("");
        // A key that was pressed before this could be seen is no decision about it.
        keyboard.Discard();
        while (true)
        {
            if (await ReadAsync(run, question, cancellationToken) is not { } typed) return true;
            if (typed.End != LineEnd.Entered || Answers.Find(question.Choices, typed.Text.Trim()) == Question.Later)
            {
                screen.Line($"It waits. /resume asks again; '{hints.Respond(question.Id)} {question.Outcomes}' answers from elsewhere.");
                return false;
            }

            if (await _answers.TryAsync(question, typed.Text, cancellationToken)) return true;
        }
    }

    /// <summary>What has lines of its own keeps them.</summary>
    private static void Note(ChatScreen screen, string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal)) screen.Line(text, screen.Ink.Warning);
        else screen.Paragraph(text, 0, screen.Ink.Warning);
    }

    private async Task<bool> IsOpenAsync(FollowedRun run, Question question, CancellationToken cancellationToken)
    {
        var pending = await runtime.ListApprovalsAsync(new() { RunId = run.RunId, Status = ApprovalStatus.Pending }, cancellationToken);
        return pending.Any(request => request.Id == question.Id);
    }

    /// <summary>What is typed; null: somebody else has answered, or the run is over.</summary>
    private async Task<TypedLine?> ReadAsync(FollowedRun run, Question question, CancellationToken cancellationToken)
    {
        using var withdrawn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = editor.ReadAsync($"{string.Join(", ", question.Choices)}> ", history: null, withdrawn.Token);
        var answered = run.UntilAnsweredAsync(question.Id, heard.Token);
        await Task.WhenAny(reading, answered);
        await (reading.IsCompleted ? heard : withdrawn).CancelAsync();
        // One of the two was stopped, and what failed in the run is told where its events are read.
        await Task.WhenAll(reading, answered).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return reading.IsCompletedSuccessfully ? await reading : null;
    }
}

using Sluice.Cli.Chat.Typing;
using Sluice.Cli.Run;
using Sluice.Data.Reading;

namespace Sluice.Cli.Chat;

/// <summary>A conversation at a terminal: a line is read and a run answers it, until somebody ends it.</summary>
internal sealed class Conversation(AgentRuntime runtime, ChatScreen screen, Keyboard keyboard, LineEditor editor, ApprovalDialog dialog, RunHints hints)
{
    private const string Prompt = "> ";

    /// <summary>Runs that wait for an answer that is to come later.</summary>
    private readonly Dictionary<string, FollowedRun> _left = new(StringComparer.Ordinal);

    private bool _isOver;

    /// <summary>The thread; null: the next line begins one.</summary>
    public string? ThreadId { get; set; }

    /// <summary>The agent that is asked; null: the coordinator, else the only one.</summary>
    public string? Agent { get; set; }

    /// <summary>Every tool call that was shown.</summary>
    public ToolCalls Calls { get; } = new();

    /// <summary>How the run that is under way goes on after an interruption; null: none is.</summary>
    public string? AfterInterruption { get; private set; }

    /// <summary>Has the conversation end before the next line is read.</summary>
    public void End() => _isOver = true;

    /// <summary>Reads and answers until the end.</summary>
    public async Task RunAsync(LineHistory history, CancellationToken cancellationToken)
    {
        var commands = new SlashCommands(this, runtime, screen);
        await TellUnendedAsync(cancellationToken);
        var wasInterrupted = false;
        while (!_isOver)
        {
            var typed = await editor.ReadAsync(Prompt, history, cancellationToken);
            if (typed.End == LineEnd.Closed || (typed.End == LineEnd.Interrupted && wasInterrupted)) break;
            wasInterrupted = typed.End == LineEnd.Interrupted;
            if (wasInterrupted)
            {
                screen.Line("Ctrl+C again, or Ctrl+D, ends the conversation.", screen.Ink.Faint);
                continue;
            }

            history.Add(typed.Text.TrimEnd());
            await TakeAsync(commands, typed.Text.Trim(), cancellationToken);
        }

        foreach (var run in _left.Values) screen.Line($"Run {run.RunId} waits for a decision.");
        if (ThreadId is not null) screen.Line($"'{hints.Chat(ThreadId)}' goes on with this conversation.", screen.Ink.Faint);
    }

    /// <summary>Goes on with a run that waits or was interrupted.</summary>
    /// <param name="runId">The run; null: the one of this conversation.</param>
    /// <param name="cancellationToken">Leaves the run where it is.</param>
    public async Task ResumeAsync(string? runId, CancellationToken cancellationToken)
    {
        var id = runId ?? (await FindUnendedAsync(cancellationToken))?.RunId;
        var record = id is null ? null : await runtime.GetRunAsync(id, cancellationToken);
        if (record is null)
        {
            screen.Line(id is null ? "No run of this conversation waits." : $"There is no run '{id}'.");
            return;
        }

        ThreadId = record.ThreadId;
        if (!_left.Remove(record.RunId, out var run)) run = new(record.RunId, runtime.ResumeAsync(record.RunId, CancellationToken.None));
        await FollowAsync(run, await runtime.ListApprovalsAsync(new() { RunId = run.RunId, Status = ApprovalStatus.Pending }, cancellationToken), cancellationToken);
    }

    private async Task TakeAsync(SlashCommands commands, string text, CancellationToken cancellationToken)
    {
        try
        {
            if (text.Length == 0) return;
            if (text[0] != '/') await AskAsync(text, cancellationToken);
            else if (text.StartsWith("//", StringComparison.Ordinal)) await AskAsync(text[1..], cancellationToken);
            else await commands.RunAsync(text[1..], cancellationToken);
        }
        catch (SluiceException exception)
        {
            screen.Paragraph($"{Redaction.OfText(exception.Message)} ({exception.Code})", 0, screen.Ink.Bad);
        }
    }

    private async Task AskAsync(string prompt, CancellationToken cancellationToken)
    {
        if (await FindUnendedAsync(cancellationToken) is { } unended)
        {
            // A new run would wait for the end of that one.
            screen.Paragraph($"Run {unended.RunId} of this conversation has not ended: /resume goes on with it, /new begins another conversation.", 0, screen.Ink.Warning);
            return;
        }

        var run = await runtime.StartAsync(new() { Prompt = prompt, Agent = Agent, ThreadId = ThreadId }, cancellationToken);
        ThreadId = run.ThreadId;
        await FollowAsync(new(run.RunId, run.Events), [], cancellationToken);
    }

    private async Task FollowAsync(FollowedRun run, IReadOnlyList<ApprovalRequest> pending, CancellationToken cancellationToken)
    {
        AfterInterruption = hints.AfterInterruption(run.RunId);
        var view = new RunView(screen, Calls);
        foreach (var request in pending)
            if (await LeavesAsync(run, Question.Of(request), cancellationToken)) return;

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stop = new RunStop(runtime, screen, run.RunId, leaving.Cancel);
        try
        {
            keyboard.OnInterrupt(stop.Press);
            while (await run.NextAsync(leaving.Token) is { } happened)
            {
                view.Show(happened);
                if (happened is not ApprovalRequiredEvent asked) continue;
                keyboard.OnInterrupt(null);
                if (await LeavesAsync(run, Question.Of(asked), cancellationToken)) return;
                keyboard.OnInterrupt(stop.Press);
            }

            AfterInterruption = null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            screen.Line($"Left: {AfterInterruption}.");
            End();
        }
        finally
        {
            keyboard.OnInterrupt(null);
            screen.EndText();
            screen.WriteLine("");
        }
    }

    /// <summary>Asks about a request.</summary>
    /// <returns>Whether the answer is to come later, and the run is left for now.</returns>
    private async Task<bool> LeavesAsync(FollowedRun run, Question question, CancellationToken cancellationToken)
    {
        if (await dialog.AskAsync(run, question with { CanWait = true }, cancellationToken)) return false;
        _left[run.RunId] = run;
        AfterInterruption = null;
        return true;
    }

    private async Task<RunRecord?> FindUnendedAsync(CancellationToken cancellationToken)
    {
        if (ThreadId is null) return null;
        var runs = await runtime.ListRunsAsync(new() { ThreadId = ThreadId, Limit = 20 }, cancellationToken);
        return runs.FirstOrDefault(run => run.State is RunState.Running or RunState.Waiting or RunState.Interrupted);
    }

    private async Task TellUnendedAsync(CancellationToken cancellationToken)
    {
        if (await FindUnendedAsync(cancellationToken) is { } run)
            screen.Line($"Run {run.RunId} of this conversation has not ended: /resume goes on with it.", screen.Ink.Warning);
    }
}

using Spectre.Console;

namespace Inventory;

/// <summary>Asks whoever sits at the terminal, or answers as the command line says.</summary>
internal sealed class TerminalApproval(IAnsiConsole console, TerminalInput input, ApprovalChoice choice)
{
    private const string PlanQuestion = "Your decision, [bold]approve[/], [bold]reject[/] or [bold]revise[/] (a, r, v): ";
    private const string DoubtQuestion = "Is it to be done again, did it happen, or did it fail: [bold]retry[/], [bold]done[/] or [bold]failed[/] (r, d, f): ";

    /// <summary>How long somebody thought about it, so far.</summary>
    public TimeSpan Waiting { get; private set; }

    /// <summary>The answer; null when nobody can say what became of an effect. For a plan, an input that ends without an answer is a rejection.</summary>
    public async Task<ApprovalReply?> DecideAsync(ApprovalKind kind, CancellationToken cancellationToken) => (kind, choice) switch
    {
        // The handlers know their keys: an action that happened is not applied again.
        (ApprovalKind.InDoubt, ApprovalChoice.Always) => new(ApprovalOutcome.Retry, null, "--approve always"),
        (ApprovalKind.InDoubt, ApprovalChoice.Never) => new(ApprovalOutcome.MarkFailed, "This run approves nothing", "--approve never"),
        (ApprovalKind.InDoubt, _) => await AskAsync(
            DoubtQuestion, "Please answer retry, done or failed.", ParseDoubt, withoutFeedback: ApprovalOutcome.Retry, cancellationToken),
        (_, ApprovalChoice.Always) => new(ApprovalOutcome.Approve, null, "--approve always"),
        (_, ApprovalChoice.Never) => new(ApprovalOutcome.Reject, "This run approves nothing.", "--approve never"),
        _ => await AskAsync(
            PlanQuestion, "Please answer approve, reject or revise.", ParsePlan, withoutFeedback: ApprovalOutcome.Approve, cancellationToken)
            ?? new(ApprovalOutcome.Reject, "Nobody answered: the standard input ended.", "nobody"),
    };

    private async Task<ApprovalReply?> AskAsync(
        string question, string hint, Func<string, ApprovalOutcome?> parse, ApprovalOutcome withoutFeedback, CancellationToken cancellationToken)
    {
        while (true)
        {
            console.Markup(question);
            if (await ReadLineAsync(cancellationToken) is not { } line) return null;
            if (parse(line.Trim().ToUpperInvariant()) is not { } outcome)
            {
                console.WriteLine(hint);
                continue;
            }

            var feedback = outcome == withoutFeedback ? null : await AskFeedbackAsync(cancellationToken);
            return new(outcome, feedback, $"{Environment.UserName} at the terminal");
        }
    }

    private async Task<string?> AskFeedbackAsync(CancellationToken cancellationToken)
    {
        console.Write("What should the agent know? ");
        var feedback = (await ReadLineAsync(cancellationToken))?.Trim();
        return feedback is null or "" ? null : feedback;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var asked = TimeProvider.System.GetTimestamp();
        try
        {
            return await input.ReadLineAsync(cancellationToken);
        }
        finally
        {
            Waiting += TimeProvider.System.GetElapsedTime(asked);
        }
    }

    private static ApprovalOutcome? ParsePlan(string answer) => answer switch
    {
        "A" or "APPROVE" or "Y" or "YES" => ApprovalOutcome.Approve,
        "R" or "REJECT" or "N" or "NO" => ApprovalOutcome.Reject,
        "V" or "REVISE" => ApprovalOutcome.Revise,
        _ => null,
    };

    private static ApprovalOutcome? ParseDoubt(string answer) => answer switch
    {
        "R" or "RETRY" => ApprovalOutcome.Retry,
        "D" or "DONE" => ApprovalOutcome.MarkDone,
        "F" or "FAILED" => ApprovalOutcome.MarkFailed,
        _ => null,
    };
}

using Spectre.Console;

namespace Inventory;

/// <summary>Asks whoever sits at the terminal, or answers as the command line says.</summary>
internal sealed class TerminalApproval(IAnsiConsole console, TextReader input, ApprovalChoice choice)
{
    /// <summary>The answer. An input that ends without one counts as a rejection.</summary>
    public Task<ApprovalReply> DecideAsync(CancellationToken cancellationToken) => choice switch
    {
        ApprovalChoice.Always => Task.FromResult(new ApprovalReply(ApprovalOutcome.Approve, null, "--approve always")),
        ApprovalChoice.Never => Task.FromResult(new ApprovalReply(ApprovalOutcome.Reject, "This run approves nothing.", "--approve never")),
        _ => AskAsync(cancellationToken),
    };

    private async Task<ApprovalReply> AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            console.Markup("Your decision, [bold]approve[/], [bold]reject[/] or [bold]revise[/] (a, r, v): ");
            if (await ReadLineAsync(cancellationToken) is not { } line)
                return new(ApprovalOutcome.Reject, "Nobody answered: the standard input ended.", "nobody");
            if (Parse(line) is not { } outcome)
            {
                console.WriteLine("Please answer approve, reject or revise.");
                continue;
            }

            var feedback = outcome == ApprovalOutcome.Approve ? null : await AskFeedbackAsync(cancellationToken);
            return new(outcome, feedback, $"{Environment.UserName} at the terminal");
        }
    }

    private async Task<string?> AskFeedbackAsync(CancellationToken cancellationToken)
    {
        console.Write("What should the agent know? ");
        var feedback = (await ReadLineAsync(cancellationToken))?.Trim();
        return feedback is null or "" ? null : feedback;
    }

    /// <summary>The next line; null at the end of the input.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        // Reading the terminal cannot be cancelled, so it is left behind on a thread of its own.
        var line = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        if (Console.IsInputRedirected) console.WriteLine(line ?? "");
        return line;
    }

    private static ApprovalOutcome? Parse(string line) => line.Trim().ToUpperInvariant() switch
    {
        "A" or "APPROVE" or "Y" or "YES" => ApprovalOutcome.Approve,
        "R" or "REJECT" or "N" or "NO" => ApprovalOutcome.Reject,
        "V" or "REVISE" => ApprovalOutcome.Revise,
        _ => null,
    };
}

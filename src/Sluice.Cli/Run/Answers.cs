using System.Text.Json;
using Sluice.Cli.Approvals;

namespace Sluice.Cli.Run;

/// <summary>Answers approval requests by what is typed behind a prompt.</summary>
/// <param name="runtime">What asks.</param>
/// <param name="decider">Who decides, as it is recorded.</param>
/// <param name="note">Tells whoever typed it what is wrong.</param>
/// <param name="edit">Lets somebody edit a plan's body.</param>
internal sealed class Answers(AgentRuntime runtime, string decider, Action<string> note, PlanEdit edit)
{
    /// <summary>The choice that a word names, or is the only one to begin with; null: none.</summary>
    public static string? Find(IEnumerable<string> choices, string word)
    {
        string[] meant = [.. choices.Where(choice => choice.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        return word.Length == 0 ? null : meant is [var only] ? only : Array.Find(meant, choice => choice.Equals(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Takes a line as the answer: a choice, and behind it what the agent is told.</summary>
    /// <returns>Whether the request needs no other answer.</returns>
    public async Task<bool> TryAsync(Question question, string line, CancellationToken cancellationToken)
    {
        var (word, words) = line.Trim().Split((char[]?)null, 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (line.Trim(), null);
        switch (Find(question.Choices, word))
        {
            case null:
                if (word.Length > 0) note($"'{word}' is none of {string.Join(", ", question.Choices)}.");
                return false;
            case Question.Show:
                note(JsonSerializer.Serialize(question.Payload, PlanEdit.Indented));
                return false;
            case Question.Edit:
                return await edit.EditAsync(question, cancellationToken) is { } body && await TryAsync(question, ApprovalOutcome.Approve, words, body, cancellationToken);
            case "revise" when string.IsNullOrEmpty(words):
                note("Say behind it what is to be different, such as: revise 10 % is enough.");
                return false;
            case { } choice:
                return await TryAsync(question, OutcomeName.TryRead(choice)!.Value, words, partial: null, cancellationToken);
        }
    }

    /// <summary>Answers as the command line says, without anybody being asked. What became of an effect is nothing that can be decided in advance.</summary>
    /// <returns>Whether the request needs no other answer.</returns>
    public async Task<bool> TryInAdvanceAsync(Question question, ApproveMode mode)
    {
        if (mode == ApproveMode.Ask || question.Kind == ApprovalKind.InDoubt) return false;
        var outcome = mode == ApproveMode.Always ? ApprovalOutcome.Approve : ApprovalOutcome.Reject;
        return await TryAsync(question, outcome, $"--approve {mode.ToString().ToLowerInvariant()}", partial: null, CancellationToken.None);
    }

    private async Task<bool> TryAsync(Question question, ApprovalOutcome outcome, string? words, JsonElement? partial, CancellationToken cancellationToken)
    {
        var answer = new ApprovalAnswer { Id = question.Id, Outcome = outcome, Feedback = words, Partial = partial, DecidedBy = decider };
        try
        {
            var request = await runtime.RespondToApprovalAsync(answer, cancellationToken);
            if (request.Status == ApprovalStatus.Pending) note($"{request.Decisions.Count} of {request.Policy.Quorum} approvals are there; it waits for the others.");
            return true;
        }
        catch (SluiceException exception)
        {
            note($"{exception.Message} ({exception.Code})");
            if (partial is not null && exception.Code == ErrorCodes.InvalidPlan) note("Nothing is lost: 'edit' goes on with your text.");
            return exception.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalExpired or ErrorCodes.RunEnded or ErrorCodes.ShuttingDown;
        }
    }
}

using Sluice.Cli.Output;

namespace Sluice.Cli.Run;

/// <summary>Deals with the approval requests of a run while its events are shown: by itself, by asking, or by saying how to answer from elsewhere.</summary>
internal sealed class Approver(AgentRuntime runtime, RunOutput output, ApproveMode mode, string decider, RunHints hints)
{
    private readonly ApprovalPrompt? _prompt = mode == ApproveMode.Ask && output.Terminal.IsInteractive ? new(runtime, output, decider) : null;

    /// <summary>Deals with what a run that is gone on with waits for already.</summary>
    public async Task TakeUpAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var request in await runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, RunId = runId }, cancellationToken))
            await DealWithAsync(new(request.Id, request.Kind, request.Target, request.Payload));
    }

    /// <summary>Hears of an event.</summary>
    public async Task HearAsync(RuntimeEvent happened)
    {
        switch (happened)
        {
            case ApprovalRequiredEvent asked:
                await DealWithAsync(new(asked.Id, asked.Kind, asked.Target, asked.Payload));
                break;
            case ApprovalDecisionEvent decided:
                _prompt?.Forget(decided.Id);
                break;
        }
    }

    private async Task DealWithAsync(Question question)
    {
        output.Note($"{question.What} waits for a decision (request {question.Id}):");
        output.Note(question.Shown);
        if (_prompt is not null)
        {
            _prompt.Ask(question);
            return;
        }

        // What became of an effect is nothing that can be decided in advance.
        if (mode == ApproveMode.Ask || question.Kind == ApprovalKind.InDoubt || !await TryDecideAsync(question))
            output.Note($"hint: {hints.Respond(question.Id)} {question.Outcomes}");
    }

    private async Task<bool> TryDecideAsync(Question question)
    {
        try
        {
            await runtime.RespondToApprovalAsync(
                question.Id, mode == ApproveMode.Always ? ApprovalOutcome.Approve : ApprovalOutcome.Reject, $"--approve {mode.ToString().ToLowerInvariant()}", decidedBy: decider);
            return true;
        }
        catch (SluiceException exception)
        {
            output.Note($"It cannot be decided here: {exception.Message} ({exception.Code})");
            return exception.Code == ErrorCodes.ApprovalAlreadyDecided;
        }
    }
}

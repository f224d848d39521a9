namespace Sluice.Cli.Run;

/// <summary>Deals with the approval requests of a run while its events are shown: by itself, by asking, or by saying how to answer from elsewhere.</summary>
internal sealed class Approver(AgentRuntime runtime, RunOutput output, ApproveMode mode, string decider, RunHints hints)
{
    private readonly ApprovalCard _card = new(runtime, output.Terminal);

    private readonly Answers _answers = new(runtime, decider, output.Note, new(output.Note, work => work()));

    private ApprovalPrompt? _prompt;

    /// <summary>Has whoever sits at the terminal asked, if somebody does.</summary>
    public Approver AskingAtTerminal()
    {
        if (mode == ApproveMode.Ask && output.Terminal.IsInteractive) _prompt = new(output, _answers);
        return this;
    }

    /// <summary>Deals with what a run that is gone on with waits for already.</summary>
    public async Task TakeUpAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var request in await runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, RunId = runId }, cancellationToken))
            await DealWithAsync(Question.Of(request), cancellationToken);
    }

    /// <summary>Hears of an event.</summary>
    public async Task HearAsync(RuntimeEvent happened, CancellationToken cancellationToken)
    {
        switch (happened)
        {
            case ApprovalRequiredEvent asked:
                await DealWithAsync(Question.Of(asked), cancellationToken);
                break;
            case ApprovalDecisionEvent decided:
                _prompt?.Forget(decided.Id);
                break;
        }
    }

    private async Task DealWithAsync(Question question, CancellationToken cancellationToken)
    {
        output.Note($"{question.What} waits for a decision (request {question.Id}):");
        output.Note(await _card.DescribeAsync(question, cancellationToken));
        if (_prompt is not null)
        {
            _prompt.Ask(question);
            return;
        }

        if (!await _answers.TryInAdvanceAsync(question, mode))
            output.Note($"hint: {hints.Respond(question.Id)} {question.Outcomes}");
    }
}

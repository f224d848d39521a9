using Spectre.Console;

namespace Inventory;

/// <summary>
/// Asks while a run waits. Whoever decides elsewhere is heard too: the question is withdrawn then. A run whose question cannot be answered
/// here stays waiting in the store.
/// </summary>
internal sealed class ApprovalQuestion(SluiceRuntime runtime, TerminalApproval approval, IAnsiConsole console) : IDisposable
{
    private CancellationTokenSource? _withdrawn;
    private Task _asking = Task.CompletedTask;

    /// <summary>How long somebody thought about it, so far.</summary>
    public TimeSpan Waiting => approval.Waiting;

    /// <summary>Whether nobody could say what became of an effect.</summary>
    public bool IsLeftOpen { get; private set; }

    /// <summary>Begins to ask. The answer comes as an event of the run.</summary>
    public void Ask(ApprovalRequiredEvent gate, CancellationToken cancellationToken)
    {
        _withdrawn?.Dispose();
        _withdrawn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _asking = AskAsync(gate, _withdrawn.Token);
    }

    /// <summary>Withdraws the question, if it is still open.</summary>
    /// <exception cref="SluiceException">The answer could not be stored; the run waits in the store.</exception>
    public async Task EndAsync()
    {
        if (_withdrawn is not null) await _withdrawn.CancelAsync();
        await _asking;
    }

    public void Dispose() => _withdrawn?.Dispose();

    private async Task AskAsync(ApprovalRequiredEvent gate, CancellationToken withdrawn)
    {
        try
        {
            // Somebody may have decided before the run was taken up here.
            var pending = await runtime.ListApprovalsAsync(new() { RunId = gate.RunId, Status = ApprovalStatus.Pending }, withdrawn);
            if (!pending.Any(request => request.Id == gate.Id)) return;
            var reply = await approval.DecideAsync(gate.Kind, withdrawn);
            if (reply is not null) await AnswerAsync(gate, reply);
            else await LeaveOpenAsync();
        }
        catch (OperationCanceledException) when (withdrawn.IsCancellationRequested)
        {
            console.WriteLine();
        }
        catch (Exception)
        {
            // Whatever it was, nobody asks any more: the run must not wait here for ever.
            await runtime.DisposeAsync();
            throw;
        }
    }

    private async Task AnswerAsync(ApprovalRequiredEvent gate, ApprovalReply reply)
    {
        try
        {
            await runtime.RespondToApprovalAsync(gate.Id, reply.Outcome, reply.Feedback, decidedBy: reply.DecidedBy, cancellationToken: CancellationToken.None);
        }
        catch (SluiceException late) when (late.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalExpired or ErrorCodes.RunEnded)
        {
            console.WriteLine($"Your answer came too late. {late.Message}");
        }
    }

    private async Task LeaveOpenAsync()
    {
        IsLeftOpen = true;
        await runtime.DisposeAsync();
    }
}

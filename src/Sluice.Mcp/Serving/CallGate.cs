using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>Answers the approval requests of one call: from the client's user, or as the host said. A call whose request cannot be answered is stopped.</summary>
internal sealed class CallGate(IAgentRuntime runtime, McpServer server, McpApprovals approvals, string tool, CancellationTokenSource call) : IAsyncDisposable
{
    private Dictionary<string, CancellationTokenSource>? _open;
    private List<Task>? _answering;

    /// <summary>Why the call was stopped; null: it was not.</summary>
    public ErrorInfo? Failure { get; private set; }

    /// <summary>Sees to it that the request gets an answer, while the run waits for whichever comes first.</summary>
    public void Answer(ApprovalRequiredEvent required)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        (_open ??= new(StringComparer.Ordinal)).Add(required.Id, source);
        (_answering ??= []).Add(AnswerAsync(required, source.Token));
    }

    /// <summary>Takes the question back, which may have been answered elsewhere.</summary>
    public void Decided(ApprovalDecisionEvent decided)
    {
        if (_open is not null && _open.Remove(decided.Id, out var source)) Withdraw(source);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is null || _answering is null) return;
        foreach (var source in _open.Values) Withdraw(source);
        await Task.WhenAll(_answering).ConfigureAwait(false);
    }

    private static void Withdraw(CancellationTokenSource source)
    {
        source.Cancel();
        source.Dispose();
    }

    private async Task AnswerAsync(ApprovalRequiredEvent required, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await FindAnswerAsync(required, cancellationToken).ConfigureAwait(false);
            await runtime.RespondToApprovalAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (SluiceException exception) when (exception.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalExpired or ErrorCodes.RunEnded)
        {
            // Somebody else was faster, and the run goes on with that.
        }
        catch (Exception exception)
        {
            // Whatever it was, the run would wait for an answer that does not come.
            Failure = (exception as SluiceException)?.ToErrorInfo() ?? new() { Code = ErrorCodes.Internal, Message = "The approval could not be asked for." };
            await call.CancelAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<ApprovalAnswer> FindAnswerAsync(ApprovalRequiredEvent required, CancellationToken cancellationToken) => approvals switch
    {
        // Nobody who calls a tool here knows what became of an effect that is in doubt.
        _ when required.Kind == ApprovalKind.InDoubt => throw Refused(required, "which is for the people who run this server"),
        McpApprovals.Approve => ToAnswer(required, ApprovalOutcome.Approve, "Approved by the server's configuration."),
        McpApprovals.Refuse => throw Refused(required, "and this server asks nobody"),
        _ when server.ClientCapabilities?.Elicitation?.Form is null =>
            throw Refused(required, "and this client cannot ask its user. Use a client that supports elicitation"),
        _ => await AskAsync(required, cancellationToken).ConfigureAwait(false),
    };

    private async Task<ApprovalAnswer> AskAsync(ApprovalRequiredEvent required, CancellationToken cancellationToken)
    {
        var (outcome, feedback) = await new UserQuestion(server, tool, required).AskAsync(cancellationToken).ConfigureAwait(false);
        return ToAnswer(required, outcome, feedback);
    }

    private SluiceException Refused(ApprovalRequiredEvent required, string why) =>
        new(ErrorCodes.ApprovalRequired, $"'{tool}' needs an approval of '{required.Target}', {why}.");

    private ApprovalAnswer ToAnswer(ApprovalRequiredEvent required, ApprovalOutcome outcome, string? feedback) => new()
    {
        Id = required.Id,
        Outcome = outcome,
        Feedback = feedback,
        // Clients name themselves: the prefix keeps one from passing for a person whom a policy names.
        DecidedBy = $"mcp:{server.ClientInfo?.Name}",
    };
}

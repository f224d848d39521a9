using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Store;

namespace Sluice.Cli.Run;

/// <summary>Runs agents to the end of a run, or until somebody stops it: then it waits in its store.</summary>
internal sealed class RunFlow(DataSourceOptions data)
{
    private readonly AgentOptions _agents = new(data);
    private readonly StoreOptions _store = new();
    private readonly ApproveOptions _approve = new();

    public IEnumerable<Option> All => [.. _agents.All, .. _store.All, .. _approve.All];

    /// <summary>How an interrupted run goes on; null before there is one.</summary>
    public string? AfterInterruption { get; private set; }

    public Task<ExitCode> RunAsync(Invocation invocation, RunRequest request, CancellationToken cancellationToken) =>
        OpenAsync(invocation, isNew: true, runtime => runtime.RunAsync(request, CancellationToken.None), runId: null, cancellationToken);

    public Task<ExitCode> ResumeAsync(Invocation invocation, string runId, CancellationToken cancellationToken) =>
        OpenAsync(invocation, isNew: false, runtime => runtime.ResumeAsync(runId, CancellationToken.None), runId, cancellationToken);

    private async Task<ExitCode> OpenAsync(
        Invocation invocation, bool isNew, Func<AgentRuntime, IAsyncEnumerable<RuntimeEvent>> begin, string? runId, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        await using var storage = isNew ? address.OpenOrCreate() : address.Open();
        await using var agents = await _agents.OpenAsync(invocation, storage, cancellationToken);
        var hints = new RunHints(agents, address);
        var output = new RunOutput(invocation);
        var approver = _approve.Create(invocation, agents.Runtime, output, hints);
        if (runId is not null) await approver.TakeUpAsync(runId, cancellationToken);
        var last = await FollowAsync(agents.Runtime, begin(agents.Runtime), output, approver, hints, cancellationToken);
        output.Complete();
        return End(last, hints, cancellationToken);
    }

    /// <summary>An interruption leaves the run where it is: whoever resumes it loses nothing.</summary>
    private async Task<RuntimeEvent?> FollowAsync(
        AgentRuntime runtime, IAsyncEnumerable<RuntimeEvent> events, RunOutput output, Approver approver, RunHints hints, CancellationToken cancellationToken)
    {
        RuntimeEvent? last = null;
        var stopping = Task.CompletedTask;
        await using (cancellationToken.Register(() => stopping = runtime.DisposeAsync().AsTask()))
        {
            try
            {
                await foreach (var happened in events)
                {
                    last = happened;
                    AfterInterruption = IsEnd(happened) ? null : hints.AfterInterruption(happened.RunId);
                    output.Show(happened);
                    await approver.HearAsync(happened);
                }
            }
            catch (SluiceException exception) when (cancellationToken.IsCancellationRequested && exception.Code == ErrorCodes.ShuttingDown)
            {
                // It was stopped before it began.
            }
        }

        await stopping;
        return last;
    }

    private static bool IsEnd(RuntimeEvent happened) => happened.IsTerminal && happened is not FinishEvent { FinishReason: FinishReason.Suspended };

    private static ExitCode End(RuntimeEvent? last, RunHints hints, CancellationToken cancellationToken)
    {
        switch (last)
        {
            case FinishEvent { FinishReason: FinishReason.Stop }: return ExitCode.Done;
            case ErrorEvent failed: throw new SluiceException(failed.Error.Code, failed.Error.Message);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw last switch
        {
            FinishEvent { FinishReason: FinishReason.Suspended } => new WaitingException("Nobody has answered for so long that the run now waits in its store alone.", hints.AfterInterruption(last.RunId)),
            FinishEvent { FinishReason: FinishReason.MaxTurns } => new SluiceException("max_turns", "The agent used all its turns and was not done."),
            FinishEvent { FinishReason: FinishReason.Limit } limit => new SluiceException("limit", $"The run passed its limit '{limit.Limit}'."),
            FinishEvent { FinishReason: FinishReason.Cancelled } => new SluiceException("cancelled", "The run was cancelled."),
            _ => new SluiceException(ErrorCodes.Internal, "The run ended without a word of why."),
        };
    }
}

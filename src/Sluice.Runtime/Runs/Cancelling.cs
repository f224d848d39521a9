using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Cancels a run wherever it is: driven here, waiting in the store, or driven by another process.</summary>
internal sealed class Cancelling(RunDriver driver, ActiveRuns active, IJournalStore journal, TenantSpec tenant, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Cancels a run and waits until that is recorded. Does nothing when it has ended.</summary>
    public async Task CancelAsync(string runId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (active.Find(runId) is { } run)
            {
                if (await StopAsync(run, StopRequest.Cancel).ConfigureAwait(false) is var terminal && !GoesOnElsewhere(terminal)) return;
                continue;
            }

            var record = await journal.GetRunAsync(tenant, runId, cancellationToken).ConfigureAwait(false)
                ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
            if (record.State is not (RunState.Running or RunState.Waiting)) return;
            try
            {
                await driver.ResumeAsync(runId, cancellationToken, StopRequest.Cancel).ConfigureAwait(false);
            }
            catch (SluiceException exception) when (exception.Code == ErrorCodes.RunActive)
            {
                await AskOwnerAsync(record, cancellationToken).ConfigureAwait(false);
            }
            catch (SluiceException exception) when (exception.Code == ErrorCodes.RunEnded)
            {
                return;
            }
        }
    }

    /// <summary>Asks a run that is driven here to stop, and waits until it has.</summary>
    public static Task<RuntimeEvent> StopAsync(ActiveRun run, StopRequest reason)
    {
        run.RequestStop(reason);
        return run.CompletionAsync();
    }

    public static bool IsSuspended(RuntimeEvent terminal) => terminal is FinishEvent { FinishReason: FinishReason.Suspended };

    /// <summary>Whether the run was leaving memory or this process when it was asked: the request came too late for it here.</summary>
    private static bool GoesOnElsewhere(RuntimeEvent terminal) =>
        IsSuspended(terminal) || terminal is ErrorEvent { Error.Code: ErrorCodes.JournalConflict or ErrorCodes.LeaseLost };

    /// <summary>Leaves word for the process that drives the run, and waits for what comes of it.</summary>
    private async ValueTask AskOwnerAsync(RunRecord run, CancellationToken cancellationToken)
    {
        await journal.RequestCancelAsync(tenant, run.RunId, cancellationToken).ConfigureAwait(false);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            journal.WaitAsync(tenant, run.RunId, run.LastEntry, waiting.Token), Task.Delay(LookAgain, time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

using Microsoft.Extensions.Logging;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Runs;

/// <summary>
/// What no single run can wait for: requests that expire, runs that waited long enough to leave memory, values past their time. One timer
/// serves them all.
/// </summary>
internal sealed partial class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(1);
    private readonly RunDriver _driver;
    private readonly ApprovalDesk _desk;
    private readonly ReferenceSweep _sweep;
    private readonly TimeProvider _time;
    private readonly TimeSpan _suspendAfter;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _rounds = new(1);
    private DateTimeOffset _lastSweep;

    public Housekeeping(RunDriver driver, ApprovalDesk desk, ReferenceSweep sweep, RuntimeOptions options)
    {
        (_driver, _desk, _sweep) = (driver, desk, sweep);
        (_time, _suspendAfter) = (options.TimeProvider, options.Limits.SuspendAfter);
        _logger = options.LoggerFactory.CreateLogger<Housekeeping>();
        _lastSweep = _time.GetUtcNow();
        _timer = _time.CreateTimer(static state => _ = ((Housekeeping)state!).TickAsync(), this, Period, Period);
    }

    /// <summary>Tells a run that it may go on; one that left memory comes back.</summary>
    public async ValueTask WakeAsync(string runId)
    {
        if (_driver.Find(runId) is { } run)
        {
            if (run.NotifyDecision()) return;
            await run.CompletionAsync().ConfigureAwait(false);
        }

        try
        {
            await _driver.ResumeAsync(runId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.RunEnded)
        {
            // Cancelled meanwhile: the decision has nothing to apply to.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _rounds.WaitAsync().ConfigureAwait(false);
        _rounds.Dispose();
    }

    private async Task TickAsync()
    {
        try
        {
            // A round that takes longer than the period is not overtaken by the next.
            if (!await _rounds.WaitAsync(0).ConfigureAwait(false)) return;
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        try
        {
            foreach (var expired in await _desk.ExpireAsync(CancellationToken.None).ConfigureAwait(false))
                await TryWakeAsync(expired.RunId).ConfigureAwait(false);
            Suspend();
            await SweepAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The store may be away for a moment; the next round tries again.
            LogRoundFailed(_logger, exception);
        }
        finally
        {
            _rounds.Release();
        }
    }

    /// <summary>A request that expired is not found again in the next round, so one run that cannot go on must not keep the others asleep.</summary>
    private async ValueTask TryWakeAsync(string runId)
    {
        try
        {
            await WakeAsync(runId).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogWakeFailed(_logger, runId, exception);
        }
    }

    private void Suspend()
    {
        var before = _time.GetUtcNow() - _suspendAfter;
        foreach (var run in _driver.Active) run.SuspendIfWaitingSince(before);
    }

    private async ValueTask SweepAsync()
    {
        var now = _time.GetUtcNow();
        if (now - _lastSweep < SweepPeriod) return;
        _lastSweep = now;
        await _sweep.RemoveExpiredAsync(now, CancellationToken.None).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "A housekeeping round failed; the next one tries again.")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Run {RunId}, whose approval request expired, could not be woken; resume it.")]
    private static partial void LogWakeFailed(ILogger logger, string runId, Exception exception);
}

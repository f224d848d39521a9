using Microsoft.Extensions.Logging;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Leases;
using Sluice.Runtime.References;
using Sluice.Runtime.Retention;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>
/// What no single run can wait for: requests that expire, decisions that other processes take, runs that waited long enough to leave
/// memory, runs and values past their time. One timer serves them all; signs of life have their own, because a round may take long.
/// </summary>
internal sealed partial class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(1);
    private readonly ActiveRuns _active;
    private readonly Recovery _recovery;
    private readonly Ownership _ownership;
    private readonly IApprovalStore _approvals;
    private readonly TenantSpec _tenant;
    private readonly ApprovalDesk _desk;
    private readonly ReferenceSweep _sweep;
    private readonly RunPruner _pruner;
    private readonly TimeSpan? _retention;
    private readonly TimeProvider _time;
    private readonly TimeSpan _suspendAfter;
    private readonly TimeSpan _leaseDuration;
    private readonly RunRecovery _mode;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly ITimer _signOfLife;
    private readonly Task _listener;
    private readonly SemaphoreSlim _rounds = new(1);
    private readonly CancellationTokenSource _listening = new();
    private DateTimeOffset _lastSweep;
    private DateTimeOffset _lastRecovery = DateTimeOffset.MinValue;

    public Housekeeping(
        ActiveRuns active, Recovery recovery, Ownership ownership, ApprovalDesk desk, IApprovalStore approvals, TenantSpec tenant,
        ReferenceSweep sweep, RunPruner pruner, RuntimeOptions options)
    {
        (_active, _recovery, _ownership, _desk, _approvals, _tenant) = (active, recovery, ownership, desk, approvals, tenant);
        (_sweep, _pruner, _retention) = (sweep, pruner, options.Retention);
        (_time, _suspendAfter, _leaseDuration) = (options.TimeProvider, options.Limits.SuspendAfter, options.LeaseDuration);
        _mode = options.Recovery;
        _logger = options.LoggerFactory.CreateLogger<Housekeeping>();
        _lastSweep = _time.GetUtcNow();
        _signOfLife = _time.CreateTimer(static state => _ = ((Housekeeping)state!).StayAliveAsync(), this, Period, Period);
        _timer = _time.CreateTimer(static state => _ = ((Housekeeping)state!).TickAsync(), this, Period, Period);
        _listener = ListenAsync(_listening.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _listening.CancelAsync().ConfigureAwait(false);
        await _listener.ConfigureAwait(false);
        _listening.Dispose();
        await _signOfLife.DisposeAsync().ConfigureAwait(false);
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
            await _ownership.RetryReleasesAsync().ConfigureAwait(false);
            if (!_active.IsEmpty) await _recovery.CancelRequestedAsync().ConfigureAwait(false);
            await _desk.ExpireAsync(CancellationToken.None).ConfigureAwait(false);
            await _recovery.WakeDecidedAsync().ConfigureAwait(false);
            await ResumeInterruptedAsync().ConfigureAwait(false);
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

    private async Task StayAliveAsync()
    {
        try
        {
            if (!_active.IsEmpty) await _ownership.StayAliveAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The next one may get through; until then appends and effects find out whether the runs are still this runtime's.
            LogNoSignOfLife(_logger, exception);
        }
    }

    /// <summary>Looks for decisions as soon as the store tells of one; where it cannot tell, the next round finds them.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _approvals.WaitAsync(_tenant, cancellationToken).ConfigureAwait(false);
                await _recovery.WakeDecidedAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever it is while the runtime stops, nobody waits for it any more.
                if (!cancellationToken.IsCancellationRequested) LogRoundFailed(_logger, exception);
            }

            // Decisions that come in a row are looked for together, and a store that is away is not asked all the time.
            await Task.Delay(Breath, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask ResumeInterruptedAsync()
    {
        var now = _time.GetUtcNow();
        if (_mode != RunRecovery.Interrupted || now - _lastRecovery < _leaseDuration) return;
        _lastRecovery = now;
        await _recovery.ResumeInterruptedAsync().ConfigureAwait(false);
    }

    private void Suspend()
    {
        var before = _time.GetUtcNow() - _suspendAfter;
        foreach (var run in _active.All) run.SuspendIfWaitingSince(before);
    }

    private async ValueTask SweepAsync()
    {
        var now = _time.GetUtcNow();
        if (now - _lastSweep < SweepPeriod) return;
        _lastSweep = now;
        if (_retention is { } age) await _pruner.PruneAsync(new() { OlderThan = age, IncludeDrafts = true }, CancellationToken.None).ConfigureAwait(false);
        else await _sweep.RemoveExpiredAsync(now, CancellationToken.None).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "A housekeeping round failed; the next one tries again.")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The sign of life of this runtime could not be written; the next one tries again.")]
    private static partial void LogNoSignOfLife(ILogger logger, Exception exception);
}

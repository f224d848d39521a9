using Sluice.Runtime.Runs;
using Sluice.Storage;

namespace Sluice.Runtime.Leases;

/// <summary>The lease under which this process drives one run.</summary>
internal sealed class HeldLease(Ownership ownership, string runId, RunLease lease)
{
    private int _life = ownership.Lives;

    /// <summary>What every append carries.</summary>
    public RunLease Lease => lease;

    /// <summary>
    /// Makes sure, before an effect, that nobody else has taken the run. An append notices by itself; an effect that a process begins after
    /// it was stopped for a while would not.
    /// </summary>
    /// <exception cref="RunFaultException">The run is another owner's now.</exception>
    public async ValueTask ConfirmAsync()
    {
        if (ownership.IsAlive && ownership.Lives == _life) return;
        if (await ownership.IsHeldAsync(runId, lease).ConfigureAwait(false))
        {
            _life = ownership.Lives;
            return;
        }

        throw new RunFaultException(
            ErrorCodes.LeaseLost, $"Run '{runId}' was taken over by another process while this one was stopped; it goes on there.");
    }

    /// <summary>Gives the lease back, so that whoever comes next need not wait until it expires.</summary>
    public ValueTask ReleaseAsync() => ownership.ReleaseAsync(runId, lease);
}

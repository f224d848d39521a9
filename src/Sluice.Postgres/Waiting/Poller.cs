using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Waiting;

/// <summary>Looks regularly whether what is waited for has happened: one statement per tenant, however many wait.</summary>
internal sealed class Poller(Database database, TimeProvider time, TimeSpan interval)
{
    private const string LastEntries = "select run_id, last_entry from runs where tenant = $1 and run_id = any ($2)";

    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Does not wait for the next time: something may have been missed.</summary>
    public void LookNow() => Volatile.Read(ref _asked).TrySetResult();

    public async Task RunAsync(Func<IReadOnlyList<WaitPoint>> points, Action<WakeKey> wake, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var asked = Volatile.Read(ref _asked).Task;
                await Task.WhenAny(asked, Task.Delay(interval, time, cancellationToken)).ConfigureAwait(false);
                if (asked.IsCompleted) Volatile.Write(ref _asked, new(TaskCreationOptions.RunContinuationsAsynchronously));
                foreach (var ofTenant in points().GroupBy(point => point.Tenant.ResourceId))
                    await LookAsync([.. ofTenant], wake, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SluiceException)
            {
                // Whoever waits goes on waiting while the server is away; reading will tell them.
            }
        }
    }

    private async Task LookAsync(WaitPoint[] points, Action<WakeKey> wake, CancellationToken cancellationToken)
    {
        // The contract lets a wait end early; the waiter lists, which is all that looking here would be.
        foreach (var point in points.Where(point => point.RunId is null)) wake(point.Key);
        var runs = points.Where(point => point.RunId is not null).ToDictionary(point => point.RunId!);
        if (runs.Count == 0) return;
        var rows = await database.ListAsync(
            points[0].Tenant, new(LastEntries, [runs.Keys.ToArray()]), row => (RunId: row.GetString(0), LastEntry: row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(row => row.LastEntry > runs[row.RunId].LowestAfter)) wake(runs[row.RunId].Key);
    }
}

namespace Sluice.Postgres.Connections;

/// <summary>Tries an operation again while the server is away, for a bounded time.</summary>
internal sealed class Retry(TimeProvider time, TimeSpan patience, string server)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Does it, again and again until it works or the patience is over.</summary>
    /// <param name="attempt">
    /// What to do. It is told whether an earlier attempt failed: that one may have been applied, for all that is known.
    /// </param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="SluiceException">The server stayed away, or refused for good.</exception>
    public async Task<T> RunAsync<T>(Func<bool, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var pause = FirstPause;
        for (var isRepeated = false; ; isRepeated = true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt(isRepeated).ConfigureAwait(false);
            }
            catch (Exception e) when (Failures.IsOfStore(e))
            {
                if (!Failures.IsPassing(e) || time.GetElapsedTime(begun) + pause > patience) throw Failures.ToSluice(e, server);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}

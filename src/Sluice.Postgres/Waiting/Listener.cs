using Npgsql;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Waiting;

/// <summary>One connection that hears the notifications of all writers. When it breaks it is made again; what it missed is looked up.</summary>
internal sealed class Listener(NpgsqlConnectionStringBuilder settings, string channel, TimeProvider time)
{
    /// <summary>A peer that is gone without a word is noticed after this many seconds.</summary>
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = KeepAliveSeconds }.ConnectionString;

    public async Task RunAsync(Action<WakeKey> wake, Action connected, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(wake, () =>
                {
                    pause = FirstPause;
                    connected();
                }, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException || Failures.IsOfStore(e))
            {
                // Looking finds, a little later, what is not heard meanwhile.
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ListenAsync(Action<WakeKey> wake, Action connected, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            connection.Notification += (_, notification) =>
            {
                foreach (var key in WakeKey.Parse(notification.Payload)) wake(key);
            };
            var listen = new NpgsqlCommand($"listen \"{channel}\"", connection);
            await using (listen.ConfigureAwait(false)) await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            connected();
            while (true) await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

using Npgsql;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Waiting;

/// <summary>Tells other processes what was written, after it was committed, and everything that gathered meanwhile in one statement.</summary>
/// <remarks>
/// A transaction that notifies holds a lock of the whole server while it commits; one that only notifies commits at once. What is lost
/// with the process is found by polling.
/// </remarks>
internal sealed class Announcer(Database database, string channel) : IAsyncDisposable
{
    /// <summary>PostgreSQL takes less than 8000 bytes.</summary>
    private const int KeysPerPayload = 7900 / WakeKey.TextLength;

    private readonly Lock _lock = new();
    private HashSet<WakeKey> _waiting = [];
    private Task? _sending;

    public void Announce(IReadOnlyCollection<WakeKey> keys)
    {
        lock (_lock)
        {
            _waiting.UnionWith(keys);
            _sending ??= Task.Run(SendAllAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? sending;
        lock (_lock) sending = _sending;
        if (sending is not null) await sending.ConfigureAwait(false);
    }

    private async Task SendAllAsync()
    {
        while (Take() is { } keys)
        {
            try
            {
                await SendAsync(keys).ConfigureAwait(false);
            }
            catch (Exception e) when (Failures.IsOfStore(e))
            {
                // The rows are there; the others find them by looking.
            }
        }
    }

    private HashSet<WakeKey>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _sending = null;
                return null;
            }

            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    private async Task SendAsync(HashSet<WakeKey> keys)
    {
        var connection = await database.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var batch = new NpgsqlBatch(connection);
            await using (batch.ConfigureAwait(false))
            {
                foreach (var part in keys.Chunk(KeysPerPayload))
                {
                    batch.BatchCommands.Add(new("select pg_notify($1, $2)")
                    {
                        Parameters = { new() { Value = channel }, new() { Value = string.Concat(part) } },
                    });
                }

                await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }
}

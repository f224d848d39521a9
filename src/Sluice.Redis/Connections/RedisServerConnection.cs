using System.Net;
using StackExchange.Redis;

namespace Sluice.Redis.Connections;

/// <summary>The connection of one store. The driver makes it again when it breaks, and keeps commands for it meanwhile.</summary>
internal sealed class RedisServerConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;

    private RedisServerConnection(RedisAddress address, ConnectionMultiplexer connection)
    {
        (Address, _connection) = (address, connection);
        _database = connection.GetDatabase();
    }

    /// <summary>Where the server is, without credentials.</summary>
    public RedisAddress Address { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="SluiceException">The server cannot be reached or refuses us (<c>store_unavailable</c>).</exception>
    public static async Task<RedisServerConnection> OpenAsync(RedisAddress address, RedisDataProviderOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connecting = ConnectionMultiplexer.ConnectAsync(SettingsOf(address, options));
        try
        {
            return new(address, await connecting.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (RedisException e)
        {
            throw RedisFailure.Of(address, e);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more: what it becomes must be closed all the same.
            _ = connecting.ContinueWith(static late => late.Result.Dispose(), default, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Runs a command that may run twice: one whose answer was lost is sent once more, when the connection is there again.</summary>
    /// <exception cref="SluiceException">The server cannot be reached, does not answer in time, or refuses.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            try
            {
                return await command(_database).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RedisConnectionException)
            {
                return await command(_database).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RedisException or RedisTimeoutException or RedisCommandException)
        {
            throw RedisFailure.Of(Address, e);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static ConfigurationOptions SettingsOf(RedisAddress address, RedisDataProviderOptions options)
    {
        var settings = new ConfigurationOptions
        {
            User = address.User,
            Password = address.Password,
            DefaultDatabase = address.Database,
            Ssl = address.IsTls,
            AbortOnConnectFail = true,
            ClientName = "sluice",
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            AsyncTimeout = (int)options.OperationTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.OperationTimeout.TotalMilliseconds,
            // Timeouts and new connections are looked at with each heartbeat.
            HeartbeatInterval = TimeSpan.FromMilliseconds(250),
            ReconnectRetryPolicy = new LinearRetry(500),
            BacklogPolicy = BacklogPolicy.Default,
            // The driver would put keys and counters of the machine into its messages.
            IncludeDetailInExceptions = false,
            IncludePerformanceCountersInExceptions = false,
        };
        settings.EndPoints.Add(IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port));
        return settings;
    }
}

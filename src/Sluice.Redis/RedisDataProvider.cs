using Sluice.Data;
using Sluice.Redis.Connections;
using Sluice.Redis.KeyValue;

namespace Sluice;

/// <summary>Key-value stores on a Redis server, by addresses of the form <c>redis://[user:password@]host[:port][/database]</c>, or <c>rediss://</c> over TLS.</summary>
/// <remarks>
/// A store has a connection of its own, which the driver makes again when it breaks. A command whose answer was lost is sent once more; what does not
/// succeed within <see cref="RedisDataProviderOptions.OperationTimeout"/> fails with <c>store_unavailable</c>, which is retryable. No error names a
/// user or a password.
/// </remarks>
public sealed class RedisDataProvider : IDataProvider
{
    private readonly RedisDataProviderOptions _options;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">How to work. Default: the defaults.</param>
    public RedisDataProvider(RedisDataProviderOptions? options = null) => _options = options ?? new();

    /// <summary><c>redis</c>.</summary>
    public string Kind => "redis";

    /// <summary>Key-value stores only.</summary>
    public DataParts Parts => DataParts.KeyValue;

    /// <summary>Not there.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Redis is no target database. Use 'sqlite' or 'postgres'.");

    /// <summary>Not there.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Redis keeps no catalog. Use 'sqlite' or 'postgres'.");

    /// <summary>Opens a key-value store.</summary>
    /// <param name="source">Where it is. All its keys in Redis begin with the prefix, exactly as it is written.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <exception cref="SluiceException">
    /// <c>invalid_data_environment</c>: the address is not of the form above, or a schema is named. <c>store_unavailable</c>: the server cannot be
    /// reached or refuses us. <c>store_schema</c>: what is there was laid out by another version, or nothing is there and may not be made.
    /// </exception>
    public async Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Schema is not null)
            throw new SluiceException(ErrorCodes.InvalidDataEnvironment, "Redis has no schemas. Remove the schema; a prefix keeps environments apart.");
        var server = await RedisServerConnection.OpenAsync(RedisAddress.Parse(source.Url), _options, cancellationToken).ConfigureAwait(false);
        try
        {
            var layout = new KeyLayout(source.Prefix ?? "");
            await layout.RequireAsync(server, source.EnsureSchema, cancellationToken).ConfigureAwait(false);
            return new RedisKeyValueStore(server, layout);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

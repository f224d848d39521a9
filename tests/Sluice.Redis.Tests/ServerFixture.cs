using Sluice.Data;
using Sluice.Redis.Tests;
using Sluice.TestServers;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Sluice.Redis.Tests;

/// <summary>One server for all tests that leave it running, started by the first that needs it.</summary>
public sealed class ServerFixture : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServer>> _server = new(() => RedisServer.StartAsync());

    /// <summary>The server; the test is skipped when there can be none.</summary>
    public Task<RedisServer> ServerAsync()
    {
        SkipWithoutServer();
        return _server.Value;
    }

    public static void SkipWithoutServer()
    {
        if (RedisServer.MissingReason is not { } reason) return;
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    public static Task<IKeyValueStore> OpenAsync(string url, string? prefix = null, bool ensureSchema = true, TimeSpan? timeout = null)
    {
        var options = timeout is { } longest ? new RedisDataProviderOptions { ConnectTimeout = longest, OperationTimeout = longest } : null;
        return new RedisDataProvider(options).OpenKeyValueAsync(new() { Url = url, Prefix = prefix, EnsureSchema = ensureSchema }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }
}

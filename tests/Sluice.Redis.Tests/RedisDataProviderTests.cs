using Sluice.Data;
using Sluice.TestServers;
using StackExchange.Redis;
using static Sluice.Redis.Tests.ServerFixture;

namespace Sluice.Redis.Tests;

public sealed class RedisDataProviderTests(ServerFixture fixture)
{
    private static readonly DataScope Scope = new("acme");
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provider_ForOtherParts_SaysThatItHasNone()
    {
        var provider = new RedisDataProvider();

        (provider.Kind, provider.Parts).ShouldBe(("redis", DataParts.KeyValue));
        await Should.ThrowAsync<NotSupportedException>(() => provider.OpenCatalogAsync(new() { Url = "redis://db" }, Token));
        await Should.ThrowAsync<NotSupportedException>(() => provider.OpenTargetDatabaseAsync(new() { Url = "redis://db" }, new(), Token));
    }

    [Fact]
    public async Task Open_WithASchema_IsRefused() =>
        (await Should.ThrowAsync<SluiceException>(() => new RedisDataProvider().OpenKeyValueAsync(new() { Url = "redis://db", Schema = "app" }, Token)))
            .Code.ShouldBe("invalid_data_environment");

    [Fact]
    public async Task Open_WithAWrongPassword_IsUnavailableAndShowsNoCredentials()
    {
        var server = await fixture.ServerAsync();

        foreach (var url in new[] { $"redis://{RedisServer.User}:planted-secret@127.0.0.1:{server.Port}", $"redis://127.0.0.1:{server.Port}" })
        {
            var exception = await Should.ThrowAsync<SluiceException>(() => OpenAsync(url, timeout: Short));

            exception.Code.ShouldBe("store_unavailable");
            exception.Message.ShouldContain($"redis://127.0.0.1:{server.Port}/0");
            exception.Message.ShouldContain("password");
            exception.ToString().ShouldNotContain("planted-secret");
        }
    }

    [Fact]
    public async Task Open_WhereNobodyListens_IsUnavailableAndRetryable()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var exception = await Should.ThrowAsync<SluiceException>(() => OpenAsync($"redis://app:planted-secret@127.0.0.1:{port}", timeout: Short));

        (exception.Code, exception.Retryable).ShouldBe(("store_unavailable", true));
        exception.ToString().ShouldNotContain("planted-secret");
    }

    [Fact]
    public async Task Open_OfADatabaseThatIsNotThere_SaysSo()
    {
        var server = await fixture.ServerAsync();

        var exception = await Should.ThrowAsync<SluiceException>(() => OpenAsync($"{server.Url}/99", timeout: Short));

        exception.Code.ShouldBe("store_unavailable");
        exception.Message.ShouldContain("has no database 99");
    }

    [Fact]
    public async Task Open_WithACancelledToken_Stops() => await Should.ThrowAsync<OperationCanceledException>(
        async () => await new RedisDataProvider().OpenKeyValueAsync(new() { Url = (await fixture.ServerAsync()).Url }, new(canceled: true)));

    [Fact]
    public async Task Open_OfNothingThatMayNotBeMade_IsRefusedUntilItIsThere()
    {
        var url = (await fixture.ServerAsync()).Url;

        (await Should.ThrowAsync<SluiceException>(() => OpenAsync(url, "later:", ensureSchema: false))).Code.ShouldBe("store_schema");

        await (await OpenAsync(url, "later:")).DisposeAsync();
        await using var store = await OpenAsync(url, "later:", ensureSchema: false);
        (await store.GetAsync(Scope, "a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Open_OfAnotherVersion_IsRefused()
    {
        var url = (await fixture.ServerAsync()).Url;
        await WithDriverAsync(database => database.StringSetAsync("newer:sluice:kv:version", 2));

        var exception = await Should.ThrowAsync<SluiceException>(() => OpenAsync(url, "newer:"));

        exception.Code.ShouldBe("store_schema");
        exception.Message.ShouldContain("has schema 2; this build works with 1");
    }

    [Fact]
    public async Task Stores_WithOtherPrefixesOrDatabases_SeeNothingOfEachOther()
    {
        var url = (await fixture.ServerAsync()).Url;
        await using var one = await OpenAsync(url, "one:");
        await using var other = await OpenAsync(url, "other:");
        await using var elsewhere = await OpenAsync($"{url}/1", "one:");

        await one.SetAsync(Scope, "a", new byte[] { 1 }, Token);

        foreach (var store in new[] { other, elsewhere })
        {
            (await store.GetAsync(Scope, "a", Token)).ShouldBeNull();
            (await store.RemoveAsync(Scope, "a", Token)).ShouldBeFalse();
            (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBeEmpty();
        }

        (await one.GetAsync(Scope, "a", Token)).ShouldBe([1]);
    }

    [Fact]
    public async Task Keys_InRedis_AllBeginWithThePrefix()
    {
        await using var store = await OpenAsync((await fixture.ServerAsync()).Url, "mine:");
        await store.SetAsync(new("a:b{c}", "ü"), "k", new byte[1], Token);

        var keys = await WithDriverAsync(database => Task.FromResult(
            database.Multiplexer.GetServers()[0].Keys(pattern: "mine:*").Select(key => (string)key!).Order(StringComparer.Ordinal).ToArray()));

        keys.ShouldBe(["mine:sluice:kv:version", "mine:sluice:kv:{a%3Ab%7Bc%7D:%C3%BC}:keys", "mine:sluice:kv:{a%3Ab%7Bc%7D:%C3%BC}:values"]);
    }

    [Fact]
    public async Task Write_OverAKeyOfAnotherProgram_IsRefused()
    {
        await using var store = await OpenAsync((await fixture.ServerAsync()).Url, "taken:");
        await WithDriverAsync(database => database.StringSetAsync("taken:sluice:kv:{acme:default}:values", "theirs"));

        (await Should.ThrowAsync<SluiceException>(async () => await store.SetAsync(Scope, "a", new byte[1], Token))).Code.ShouldBe("store_schema");
        (await Should.ThrowAsync<SluiceException>(async () => await store.GetAsync(Scope, "a", Token))).Code.ShouldBe("store_schema");
    }

    private async Task<T> WithDriverAsync<T>(Func<IDatabase, Task<T>> act)
    {
        var server = await fixture.ServerAsync();
        var options = new ConfigurationOptions { User = RedisServer.User, Password = server.Password, EndPoints = { { "127.0.0.1", server.Port } } };
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        return await act(connection.GetDatabase());
    }
}

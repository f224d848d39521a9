using Sluice.Data;
using Sluice.TestServers;
using static Sluice.Redis.Tests.ServerFixture;

namespace Sluice.Redis.Tests.Recovery;

/// <summary>What happens when the server is away, comes back, or has no more memory.</summary>
public sealed class RestartTests
{
    private static readonly DataScope Scope = new("acme");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_WhileTheServerIsAway_FailAndWorkAgainLater()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync();
        await using var store = await OpenAsync(server.Url, timeout: TimeSpan.FromMilliseconds(500));
        await store.SetAsync(Scope, "a", new byte[] { 1 }, Token);
        await server.KillAsync();

        foreach (var call in (Func<Task>[])[() => store.GetAsync(Scope, "a", Token).AsTask(), () => store.SetAsync(Scope, "a", new byte[1], Token).AsTask(),
            () => store.RemoveAsync(Scope, "a", Token).AsTask(), () => store.ListAsync(Scope, "", Token).ToListAsync(Token).AsTask()])
        {
            var exception = await Should.ThrowAsync<SluiceException>(call);
            (exception.Code, exception.Retryable).ShouldBe(("store_unavailable", true));
            exception.ToString().ShouldNotContain(server.Password);
        }

        await server.StartAgainAsync();
        await UntilItWorksAsync(store);
        (await store.GetAsync(Scope, "a", Token)).ShouldBe([1]);
    }

    [Fact]
    public async Task Calls_DuringARestart_WaitAndSucceed()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync();
        await using var store = await OpenAsync(server.Url, timeout: Patience);
        await store.SetAsync(Scope, "before", new byte[] { 1 }, Token);
        await server.KillAsync();

        var write = store.SetAsync(Scope, "meanwhile", new byte[] { 2 }, Token);
        await server.StartAgainAsync();
        await write;

        (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(["before", "meanwhile"]);
    }

    [Fact]
    public async Task Writes_UnderRepeatedRestarts_AreAllThere()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync();
        await using var store = await OpenAsync(server.Url, timeout: Patience);
        const int rounds = 3;
        const int perRound = 200;
        for (var round = 0; round < rounds; round++)
        {
            var writes = Enumerable.Range(round * perRound, perRound)
                .Select(number => store.SetAsync(Scope, $"{number:D4}", BitConverter.GetBytes(number), Token).AsTask()).ToArray();
            await writes[perRound / 2];
            await server.KillAsync();
            await server.StartAgainAsync();
            await Task.WhenAll(writes);
        }

        (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(Enumerable.Range(0, rounds * perRound).Select(number => $"{number:D4}"));
        for (var number = 0; number < rounds * perRound; number++) (await store.GetAsync(Scope, $"{number:D4}", Token)).ShouldBe(BitConverter.GetBytes(number));
    }

    [Fact]
    public async Task Call_ThatIsCancelledWhileTheServerIsAway_StopsAtOnce()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync();
        await using var store = await OpenAsync(server.Url, timeout: Patience);
        await server.KillAsync();
        using var cancellation = new CancellationTokenSource();

        var read = store.GetAsync(Scope, "a", cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task Write_WithoutMemory_IsFullAndWorksAgainLater()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync("maxmemory 8mb", "maxmemory-policy noeviction");
        await using var store = await OpenAsync(server.Url);
        var written = 0;

        var exception = await Should.ThrowAsync<SluiceException>(async () =>
        {
            for (; written < 20; written++) await store.SetAsync(Scope, $"{written:D2}", new byte[1 << 20], Token);
        });

        exception.Code.ShouldBe("store_full");
        (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(Enumerable.Range(0, written).Select(number => $"{number:D2}"));
        for (var number = 0; number < written; number++) (await store.RemoveAsync(Scope, $"{number:D2}", Token)).ShouldBeTrue();
        await store.SetAsync(Scope, "more", new byte[1000], Token);
        (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(["more"]);
    }

    private static async Task UntilItWorksAsync(IKeyValueStore store)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await store.GetAsync(Scope, "a", patience.Token);
                return;
            }
            catch (SluiceException e) when (e.Retryable)
            {
                // Each try waits for its timeout; the connection is made again meanwhile.
            }
        }
    }
}

using Sluice.Data;
using Sluice.TestServers;
using static Sluice.Redis.Tests.ServerFixture;

namespace Sluice.Redis.Tests.Connections;

/// <summary>A user who may do no more than the README says.</summary>
public sealed class NarrowUserTests
{
    private const string Commands = "+@connection +eval +evalsha +script|load +hset +hget +hdel +zadd +zrem +zrangebylex +get +setnx";
    private static readonly DataScope Scope = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_OfANarrowUser_WorksWithinItsPrefixOnly()
    {
        SkipWithoutServer();
        await using var server = await RedisServer.StartAsync($"user narrow on >planted-secret ~mine:* {Commands}");
        var url = $"redis://narrow:planted-secret@127.0.0.1:{server.Port}";

        await using (var store = await OpenAsync(url, "mine:"))
        {
            await store.SetAsync(Scope, "a", new byte[] { 1 }, Token);
            (await store.GetAsync(Scope, "a", Token)).ShouldBe([1]);
            (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(["a"]);
            (await store.RemoveAsync(Scope, "a", Token)).ShouldBeTrue();
        }

        var exception = await Should.ThrowAsync<SluiceException>(() => OpenAsync(url, "theirs:"));
        exception.Code.ShouldBe("store_unavailable");
        exception.Message.ShouldContain("NOPERM");
        exception.ToString().ShouldNotContain("planted-secret");
    }
}

using Sluice.Data;
using Sluice.Sqlite.KeyValue;

namespace Sluice.Sqlite.Tests.Processes;

/// <summary>A key-value store that two processes have open.</summary>
public sealed class DataProcessTests : IDisposable
{
    private static readonly DataScope Scope = new("acme");
    private readonly TemporaryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Writes_OfAKilledProcess_AreThereAsFarAsTheyWereAcknowledged()
    {
        await using var store = SqliteKeyValueStore.Open(_store.Path, options: new() { BusyTimeout = TemporaryStore.Patience });
        using var child = ChildProcess.Start(ChildWork.SetValues, _store.Path);
        var acknowledged = new List<string>();
        while (acknowledged.Count < 50)
        {
            acknowledged.Add((await child.ReadLineAsync())!);
            await store.SetAsync(Scope, $"mine/{acknowledged.Count:D4}", new byte[] { 1 }, Token);
        }

        await child.KillAsync();

        foreach (var key in acknowledged) (await store.GetAsync(Scope, key, Token)).ShouldBe(ChildWork.ValueOf(key));
        (await store.ListAsync(Scope, "mine/", Token).ToListAsync(Token)).Count.ShouldBe(50);
        foreach (var key in await store.ListAsync(Scope, "child/", Token).ToListAsync(Token)) (await store.GetAsync(Scope, key, Token)).ShouldBe(ChildWork.ValueOf(key));
        _store.ShouldBeWhole();
    }
}

using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.KeyValue;

namespace Sluice.Sqlite.Tests.Schema;

public sealed class DataFileTests : IDisposable
{
    private static readonly DataScope Scope = new("acme");
    private readonly TemporaryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Open_OfNewFile_MakesItForItsOwnerWithSchemaAndLog()
    {
        await using var store = SqliteKeyValueStore.Open(_store.Path);

        using var connection = _store.Connect();
        connection.Number("PRAGMA application_id").ShouldBe(StoreFile.DataApplicationId);
        connection.Number("PRAGMA user_version").ShouldBe(1);
        connection.Text("PRAGMA journal_mode").ShouldBe("wal");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(_store.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task CatalogAndKeyValueStore_OfOneFile_LiveBesideEachOther()
    {
        await using var values = SqliteKeyValueStore.Open(_store.Path);
        await using var catalog = SqliteCatalogStore.Open(_store.Path);

        await values.SetAsync(Scope, "a", new byte[] { 1 }, Token);
        await catalog.UpsertAsync(Scope, [new() { Id = "a", ItemType = CatalogItemType.Table, Name = "a", QualifiedName = "a" }], Token);

        (await values.GetAsync(Scope, "a", Token)).ShouldBe([1]);
        (await catalog.GetAsync(Scope, ["a"], Token)).ShouldHaveSingleItem();
        _store.ShouldBeWhole();
    }

    [Fact]
    public async Task Stores_WithOtherPrefixes_SeeNothingOfEachOther()
    {
        await using var one = SqliteKeyValueStore.Open(_store.Path, "one");
        await using var other = SqliteKeyValueStore.Open(_store.Path, "other");
        await using var none = SqliteKeyValueStore.Open(_store.Path);

        await one.SetAsync(Scope, "a", new byte[] { 1 }, Token);

        foreach (var store in new[] { other, none })
        {
            (await store.GetAsync(Scope, "a", Token)).ShouldBeNull();
            (await store.RemoveAsync(Scope, "a", Token)).ShouldBeFalse();
            (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBeEmpty();
        }

        (await one.GetAsync(Scope, "a", Token)).ShouldBe([1]);
    }

    [Fact]
    public async Task Open_OfNothingThatMayNotBeMade_IsRefusedAndMakesNothing()
    {
        Should.Throw<SluiceException>(() => SqliteCatalogStore.Open(_store.Path, ensureSchema: false)).Code.ShouldBe("store_unavailable");
        File.Exists(_store.Path).ShouldBeFalse();
        await File.WriteAllBytesAsync(_store.Path, [], Token);
        Should.Throw<SluiceException>(() => SqliteKeyValueStore.Open(_store.Path, ensureSchema: false)).Code.ShouldBe("store_schema");
        new FileInfo(_store.Path).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Open_OfAnotherKindOfFile_SaysWhichItIs()
    {
        await _store.Open().DisposeAsync();
        var runs = Should.Throw<SluiceException>(() => SqliteCatalogStore.Open(_store.Path));

        File.Delete(_store.Path);
        await SqliteCatalogStore.Open(_store.Path).DisposeAsync();
        var data = Should.Throw<SluiceException>(() => _store.Open());

        (runs.Code, data.Code).ShouldBe(("store_schema", "store_schema"));
        runs.Message.ShouldContain("holds the runs of Sluice, not a catalog or key-value store");
        data.Message.ShouldContain("holds a catalog or key-value store of Sluice, not the runs");
    }

    [Fact]
    public async Task Open_OfANewerSchema_IsRefused()
    {
        await SqliteCatalogStore.Open(_store.Path).DisposeAsync();
        using (var connection = _store.Connect()) connection.Execute("PRAGMA user_version = 2");

        var exception = Should.Throw<SluiceException>(() => SqliteKeyValueStore.Open(_store.Path));

        exception.Code.ShouldBe("store_schema");
        exception.Message.ShouldContain("has schema 2; this build works with 1");
    }

    [Fact]
    public async Task Values_ThatCompress_TakeLessSpace()
    {
        await using var store = SqliteKeyValueStore.Open(_store.Path);
        var noise = new byte[4000];
        new Random(7).NextBytes(noise);

        await store.SetAsync(Scope, "text", "a word or two, "u8.ToArray().SelectMany(letter => Enumerable.Repeat(letter, 1000)).ToArray(), Token);
        await store.SetAsync(Scope, "noise", noise, Token);

        using var connection = _store.Connect();
        connection.Number("SELECT length(content) FROM key_values WHERE key = 'text'").ShouldBeLessThan(500);
        connection.Number("SELECT length(content) FROM key_values WHERE key = 'noise'").ShouldBe(4000);
        (await store.GetAsync(Scope, "noise", Token)).ShouldBe(noise);
    }
}

using Sluice.Sqlite.Connections;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Schema;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Open_OfANewFile_MakesAStoreForItsOwnerAlone()
    {
        await using (var storage = _store.Open())
        {
            await storage.AppendAsync("run-1", 1);
            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.GetFiles(_store.Folder))
                    File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }

        using var connection = _store.Connect();
        connection.Number("PRAGMA application_id").ShouldBe(StoreFile.ApplicationId);
        connection.Number("PRAGMA user_version").ShouldBe(2);
        connection.Text("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public async Task Open_OfAStoreThatWasClosed_FindsEverything()
    {
        await using (var storage = _store.Open()) await storage.AppendAsync("run-1", 1);

        await using var again = _store.Open();

        (await again.ReadAsync("run-1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesOneStore()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _store.Open())));
        foreach (var (storage, number) in opened.Zip(Enumerable.Range(1, 8))) (await storage.AppendAsync("run-1", number)).ShouldBeTrue();

        (await opened[0].ReadAsync("run-1")).Count.ShouldBe(8);
        foreach (var storage in opened) await storage.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_OfTheLastStorage_LeavesTheFileAlone()
    {
        var storage = _store.Open();
        var appended = Enumerable.Range(0, 100).Select(run => storage.AppendAsync($"run-{run}", 1).AsTask()).ToArray();
        _ = await storage.ReadAsync("run-1");

        await storage.DisposeAsync();
        await storage.DisposeAsync();

        (await Task.WhenAll(appended)).ShouldAllBe(isAppended => isAppended);
        Directory.GetFiles(_store.Folder).ShouldBe([_store.Path]);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await storage.AppendAsync("run-1", 2));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await storage.ReadAsync("run-1"));
    }

    [Fact]
    public void Open_InAFolderThatDoesNotExist_SaysSo() =>
        Refused(Path.Combine(_store.Folder, "missing", "sluice.db"), ErrorCodes.StoreUnavailable).ShouldContain("folder that does not exist");

    [Fact]
    public void Open_OfAFolder_SaysSo() => Refused(_store.Folder, ErrorCodes.StoreUnavailable).ShouldContain("is a folder");

    [Fact]
    public void Open_OfATextFile_SaysThatItIsNoDatabase()
    {
        File.WriteAllText(_store.Path, new string('x', 5000));

        Refused(_store.Path, ErrorCodes.StoreUnavailable).ShouldContain("not a database");
        File.ReadAllText(_store.Path).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_RefusesAndLeavesItAlone()
    {
        File.WriteAllBytes(_store.Path, []);
        using (var other = _store.Connect()) other.Execute("CREATE TABLE things (id INTEGER)");

        Refused(_store.Path, ErrorCodes.StoreSchema).ShouldContain("another program");
        Should.Throw<SluiceException>(() => SqliteStorage.Migrate(_store.Path)).Code.ShouldBe(ErrorCodes.StoreSchema);
        using var untouched = _store.Connect();
        untouched.Number("SELECT count(*) FROM sqlite_schema").ShouldBe(1);
    }

    [Fact]
    public async Task Open_OfANewerOrOlderSchema_SaysWhatToDo()
    {
        await using (_store.Open())
        {
        }

        SetVersion(3);
        Refused(_store.Path, ErrorCodes.StoreSchema).ShouldContain("has schema 3; this build works with 2. Use the version of Sluice that wrote it");
        Should.Throw<SluiceException>(() => SqliteStorage.Migrate(_store.Path)).Code.ShouldBe(ErrorCodes.StoreSchema);
        SetVersion(0);
        Refused(_store.Path, ErrorCodes.StoreSchema).ShouldContain("has schema 0; this build works with 2. Bring it there with SqliteStorage.Migrate.");
    }

    [Fact]
    public void Migrate_OfAFileThatDoesNotExist_MakesNone()
    {
        Should.Throw<SluiceException>(() => SqliteStorage.Migrate(_store.Path)).Code.ShouldBe(ErrorCodes.StoreUnavailable);

        File.Exists(_store.Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000_000)]
    public void Options_WithATimeoutOutOfRange_AreRefused(int milliseconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SqliteStorageOptions { BusyTimeout = TimeSpan.FromMilliseconds(milliseconds) });

    private static string Refused(string path, string code)
    {
        var refused = Should.Throw<SluiceException>(() => SqliteStorage.Open(path));
        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(path);
        return refused.Message;
    }

    private void SetVersion(int version)
    {
        using var connection = _store.Connect();
        connection.Execute($"PRAGMA user_version = {version}");
    }
}

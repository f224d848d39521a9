using SQLitePCL;

namespace Sluice.Cli.Tests.Store;

public sealed class StoreCommandTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    private string Store => _desk.PathOf("runs.db");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Check_OfAStoreOfThisVersion_EndsWithZero()
    {
        await SqliteStorage.Open(Store).DisposeAsync();

        (await _desk.RunAsync("store", "check", "--store", Store)).Out.ShouldBe($"{Store} can be used as it is.\n");
        (await _desk.RunAsync("store", "migrate", "--store", Store)).Out.ShouldMatch(@"has schema \d+ already\.\n$");
    }

    [Fact]
    public async Task Check_OfANewerStore_EndsWithThree()
    {
        await SqliteStorage.Open(Store).DisposeAsync();
        Batteries_V2.Init();
        raw.sqlite3_open(Store, out var database).ShouldBe(raw.SQLITE_OK);
        using (database) raw.sqlite3_exec(database, "PRAGMA user_version = 9999").ShouldBe(raw.SQLITE_OK);

        var result = await _desk.RunAsync("store", "check", "--store", Store);

        result.ExitCode.ShouldBe(3, result.Out + result.Error);
        result.Out.ShouldContain("9999");
        (await _desk.RunAsync("store", "migrate", "--store", Store)).Error.ShouldContain("store_schema");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("migrate")]
    public async Task Store_ThatIsNotThere_IsNotMade(string command)
    {
        var result = await _desk.RunAsync("store", command, "--store", Store);

        result.ExitCode.ShouldBe(2);
        File.Exists(Store).ShouldBeFalse();
    }
}

using System.Text.Json;
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

        (await _desk.RunAsync("store", "check", "--store", Store)).Out.ShouldBe($"{Store} is whole and can be used as it is.\n");
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

    [Fact]
    public async Task Check_OfADamagedStore_TellsTheDamageAndEndsWithThree()
    {
        await SqliteStorage.Open(Store).DisposeAsync();
        using (var file = File.OpenWrite(Store))
        {
            // The pages behind the first, which holds the header and the schema.
            file.Position = 8192;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)Math.Min(16384, file.Length - file.Position)).ToArray());
        }

        var result = await _desk.RunAsync("store", "check", "--store", Store, "--output", "json");

        result.ExitCode.ShouldBe(3, result.Out + result.Error);
        var check = JsonElement.Parse(result.Out);
        check.GetProperty("isUsable").GetBoolean().ShouldBeFalse();
        check.GetProperty("problems").GetArrayLength().ShouldBeGreaterThan(0);
        (await _desk.RunAsync("store", "check", "--store", Store)).Out.ShouldStartWith($"{Store}: ");
    }

    [Fact]
    public async Task Store_OfAnOlderVersion_NamesTheCommandThatBringsItHere()
    {
        await SqliteStorage.Open(Store).DisposeAsync();
        Batteries_V2.Init();
        raw.sqlite3_open(Store, out var database).ShouldBe(raw.SQLITE_OK);
        using (database) raw.sqlite3_exec(database, "PRAGMA user_version = 1").ShouldBe(raw.SQLITE_OK);

        var result = await _desk.RunAsync("runs", "list", "--store", Store);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("'sluice store migrate'");
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

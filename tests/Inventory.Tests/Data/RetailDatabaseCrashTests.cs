using Inventory.Data;

namespace Inventory.Tests.Data;

public sealed class RetailDatabaseCrashTests : IDisposable
{
    private const int Products = 400;
    private const int Sales = 8_000;

    private static readonly RetailDatasetOptions Small = new() { Products = Products, Sales = Sales };

    private readonly TemporaryFolder _folder = new();

    private string RetailPath => _folder.File("retail.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("products")]
    [InlineData("stock")]
    [InlineData("sales")]
    [InlineData("indexes")]
    [InlineData("finishing")]
    public async Task Build_KilledAtAnyStage_LeavesNothingUnderTheFinalNameAndIsDoneAgain(string stage)
    {
        using (var child = BuilderProcess.Start(RetailPath, Products, Sales, stage))
        {
            await child.WaitUntilHaltedAsync(Token);
            await child.KillAsync();
        }

        File.Exists(RetailPath).ShouldBeFalse();
        File.Exists(RetailPath + ".building").ShouldBeTrue();

        var retail = await RetailDatabase.OpenOrBuildAsync(RetailPath, Small, null, Token);

        retail.WasBuilt.ShouldBeTrue();
        File.Exists(RetailPath + ".building").ShouldBeFalse();
        using var connection = retail.OpenReadOnly();
        Sql.Texts(connection, "PRAGMA integrity_check").ShouldBe(["ok"]);
        Sql.Number(connection, "SELECT count(*) FROM sales").ShouldBe(Sales);
    }

    [Fact]
    public async Task SecondBuilder_WhileTheFirstBuilds_WaitsAndUsesItsFile()
    {
        using var child = BuilderProcess.Start(RetailPath, Products, Sales, "sales");
        await child.WaitUntilHaltedAsync(Token);

        var second = RetailDatabase.OpenOrBuildAsync(RetailPath, Small, null, Token);
        second.IsCompleted.ShouldBeFalse();
        await child.GoOnAsync();

        (await child.ReadLineAsync(Token)).ShouldBe("built");
        (await second).WasBuilt.ShouldBeFalse();
    }

    [Fact]
    public async Task SecondBuilder_WhenTheFirstDies_BuildsItself()
    {
        using var child = BuilderProcess.Start(RetailPath, Products, Sales, "sales");
        await child.WaitUntilHaltedAsync(Token);

        var second = RetailDatabase.OpenOrBuildAsync(RetailPath, Small, null, Token);
        await child.KillAsync();

        (await second).WasBuilt.ShouldBeTrue();
    }

    [Fact]
    public async Task ManyBuilders_AtOnceInOneProcess_BuildOnce()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RetailDatabase.OpenOrBuildAsync(RetailPath, Small, null, Token)));

        opened.Count(retail => retail.WasBuilt).ShouldBe(1);
    }

    [Fact]
    public async Task Build_WhenTheFileCannotGrow_EndsInOneClearErrorAndLeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The size limit is set through a Linux shell.");
        using var child = BuilderProcess.StartWithFileLimit(RetailPath, Products, 200_000, kibibytes: 2_048);

        var message = await child.ReadLineAsync(Token);
        await child.WaitForExitAsync(Token);

        message.ShouldContain(RetailPath);
        message.ShouldContain("Check that the folder is writable and has 200 MB free");
        child.ExitCode.ShouldBe(3);
        Directory.GetFiles(_folder.FullPath).ShouldBe([RetailPath + ".lock"]);
    }
}

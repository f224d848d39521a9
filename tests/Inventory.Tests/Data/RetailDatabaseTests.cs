using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests.Data;

public sealed class RetailDatabaseTests : IDisposable
{
    private static readonly RetailDatasetOptions Small = new() { Products = 400, Sales = 8_000 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoBuilds_FromTheSameOptions_GiveTheSameBytes()
    {
        await BuildAsync("one.db", Small);
        await BuildAsync("two.db", Small);

        File.ReadAllBytes(_folder.File("one.db")).ShouldBe(File.ReadAllBytes(_folder.File("two.db")));
    }

    [Fact]
    public async Task Build_OfThisVersion_GivesTheRecordedRows()
    {
        var retail = await BuildAsync("retail.db", Small);

        // When this changes, RetailBuilder.Version has to change with it: otherwise old files pass for new ones.
        using var connection = retail.OpenReadOnly();
        Sql.ContentHash(connection).ShouldBe("7096be0aa3e9bda633f4de4fa1f46ba0676beaa086cdc1ec9c40d0a66d315beb");
    }

    [Fact]
    public async Task TwoBuilds_FromOtherSeeds_GiveOtherRows()
    {
        using var one = (await BuildAsync("one.db", Small)).OpenReadOnly();
        using var two = (await BuildAsync("two.db", Small with { Seed = 1 })).OpenReadOnly();

        const string Names = "SELECT group_concat(product_name || price) FROM products";
        Sql.Texts(one, Names).ShouldNotBe(Sql.Texts(two, Names));
    }

    [Fact]
    public async Task Open_OfABuiltFile_DoesNotBuildAgain()
    {
        (await BuildAsync("retail.db", Small)).WasBuilt.ShouldBeTrue();
        var written = File.GetLastWriteTimeUtc(_folder.File("retail.db"));

        (await BuildAsync("retail.db", Small)).WasBuilt.ShouldBeFalse();
        File.GetLastWriteTimeUtc(_folder.File("retail.db")).ShouldBe(written);
    }

    [Theory]
    [InlineData("UPDATE dataset SET generator_version = 0")]
    [InlineData("UPDATE dataset SET seed = '7'")]
    [InlineData("UPDATE dataset SET products = 401")]
    [InlineData("UPDATE dataset SET sales = 7999")]
    public async Task Open_OfAnotherVersionSeedOrSize_BuildsAgain(string change)
    {
        await BuildAsync("retail.db", Small);
        using (var connection = SqliteFile.Open(_folder.File("retail.db"), SqliteOpenMode.ReadWrite))
            connection.Execute(change + "; DELETE FROM sales;");

        var retail = await BuildAsync("retail.db", Small);

        retail.WasBuilt.ShouldBeTrue();
        using var rebuilt = retail.OpenReadOnly();
        Sql.Number(rebuilt, "SELECT count(*) FROM sales").ShouldBe(8_000);
    }

    [Fact]
    public async Task Open_OfATextFile_LeavesItAlone()
    {
        var path = _folder.File("notes.db");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("my only notes ", 100)));

        var error = await Should.ThrowAsync<InvalidDataException>(BuildAsync("notes.db", Small));

        error.Message.ShouldContain(path);
        File.ReadAllText(path).ShouldStartWith("my only notes");
    }

    [Theory]
    [InlineData("CREATE TABLE mine (x); INSERT INTO mine VALUES (1);")]
    [InlineData("CREATE TABLE dataset (generator TEXT, generator_version, seed, products, sales);")]
    [InlineData("CREATE TABLE dataset AS SELECT 'someone else' generator, 1 generator_version, '1' seed, 1 products, 1 sales;")]
    public async Task Open_OfAnotherDatabase_LeavesItAlone(string schema)
    {
        var path = _folder.File("mine.db");
        using (var connection = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate))
            connection.Execute(schema);
        var before = File.ReadAllBytes(path);

        await Should.ThrowAsync<InvalidDataException>(BuildAsync("mine.db", Small));

        File.ReadAllBytes(path).ShouldBe(before);
    }

    [Fact]
    public async Task Build_InAPlaceThatCannotBeWritten_SaysWhereAndWhatToDo()
    {
        File.WriteAllText(_folder.File("file"), "not a folder");
        var path = Path.Combine(_folder.File("file"), "retail.db");

        var error = await Should.ThrowAsync<IOException>(RetailDatabase.OpenOrBuildAsync(path, Small, null, Token));

        error.Message.ShouldContain(path);
        error.Message.ShouldContain("choose another path");
        error.InnerException.ShouldNotBeNull();
    }

    [Fact]
    public async Task Build_Cancelled_LeavesNoDatabase()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CallbackProgress(step =>
        {
            if (step.Stage == "sales")
                cancellation.Cancel();
        });

        await Should.ThrowAsync<OperationCanceledException>(
            RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"), Small, progress, cancellation.Token));

        Directory.GetFiles(_folder.FullPath).ShouldBe([_folder.File("retail.db.lock")]);
    }

    [Fact]
    public async Task Progress_WhileBuilding_NeverGoesBackAndEndsAtOne()
    {
        var steps = new List<BuildProgress>();

        await RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"), Small, new CallbackProgress(steps.Add), Token);

        steps.Select(step => step.Fraction).ShouldBeInOrder();
        steps[^1].Fraction.ShouldBe(1);
        steps.Select(step => step.Stage).Distinct().ShouldBe(["products", "stock", "sales", "indexes", "finishing"]);
    }

    [Fact]
    public async Task ReadOnlyConnection_Writing_IsRefusedByTheEngine()
    {
        using var connection = (await BuildAsync("retail.db", Small)).OpenReadOnly();

        Should.Throw<SqliteException>(() => connection.Execute("DELETE FROM sales")).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_READONLY);
    }

    [Theory]
    [InlineData(199, 8_000)]
    [InlineData(50_001, 8_000)]
    [InlineData(400, 1_999)]
    [InlineData(400, 10_000_001)]
    public void Options_OutOfRange_AreRefused(int products, int sales) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RetailDatasetOptions { Products = products, Sales = sales });

    private Task<RetailDatabase> BuildAsync(string name, RetailDatasetOptions options) =>
        RetailDatabase.OpenOrBuildAsync(_folder.File(name), options, progress: null, Token);

    private sealed class CallbackProgress(Action<BuildProgress> callback) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => callback(value);
    }
}

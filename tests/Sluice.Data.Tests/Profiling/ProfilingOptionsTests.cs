using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

public sealed class ProfilingOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a/b")]
    [InlineData("ü")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task DatabaseId_ThatIsNone_IsRefusedBeforeAnythingIsRead(string id)
    {
        using var file = new SqliteFile("create table t (a integer)");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        Should.Throw<SpecValidationException>(() => desk.Data.ProfileAsync(ProfilingDesk.Scope, new() { DatabaseId = id })).Errors.ShouldHaveSingleItem().Path.ShouldBe("databaseId");
    }

    [Fact]
    public async Task Options_WithSeveralProblems_NameThemAllTogether()
    {
        using var file = new SqliteFile("create table t (a integer)");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        var options = new ProfilingOptions { DatabaseId = "a b", SampleSize = 1, Concurrency = 0, QueryTimeout = TimeSpan.Zero };
        var exception = Should.Throw<SpecValidationException>(() => desk.Data.ProfileAsync(ProfilingDesk.Scope, options));
        exception.Code.ShouldBe(ErrorCodes.InvalidOptions);
        exception.Errors.Select(error => error.Path).ShouldBe(["databaseId", "sampleSize", "concurrency", "queryTimeout"]);
    }

    [Fact]
    public async Task Tables_ThatAreNone_AreRefusedWithTheNearestNames()
    {
        using var file = new SqliteFile("create table customers (a integer); create table orders (a integer)");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        var exception = await Should.ThrowAsync<SpecValidationException>(() => desk.RunAsync(new() { DatabaseId = "db", Tables = ["costumers", "MAIN.ORDERS", "main.order"] }));
        exception.Errors.Select(error => error.Path).ShouldBe(["tables[0]", "tables[2]"]);
        exception.Message.ShouldContain("customers");
        exception.Message.ShouldContain("main.orders");
        (await desk.EntriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalog_ThatOnlyReads_IsRefusedBeforeAnythingIsRead()
    {
        var database = Shop.Database();
        var provider = new ScriptedDataProvider("sqlite") { TargetDatabase = database };
        await using var data = await new DataEnvironment { TenantId = "acme", TargetDatabase = new() { Url = "sqlite:shop.db" } }.OpenAsync([provider]);
        Should.Throw<SluiceException>(() => data.ProfileAsync(new("acme"), new() { DatabaseId = "db" })).Code.ShouldBe(ErrorCodes.CatalogReadOnly);
        (database.SchemaReads, database.Queries.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task SchemaOnly_ReadsNoRowAndWritesTheSchemaAndDeclaredRelations()
    {
        using var file = new SqliteFile("create table a (id integer primary key, email text); create table b (a_id integer references a, other text); insert into a values (1, 'x@example.com')");
        var queries = 0;
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(inner, _ => { queries++; return null; }));
        await desk.RunAsync(new() { DatabaseId = "db", SchemaOnly = true });
        queries.ShouldBe(0);
        (await desk.EntriesAsync()).Select(entry => entry.QualifiedName).ShouldBe(
            ["main.a.email", "main.a.id", "main.b.a_id", "main.b.other", "main.b(a_id)->main.a(id)", "main.a", "main.b"]);
        (await desk.EntryAsync("main.a")).Metadata.ShouldSatisfyAllConditions(metadata => metadata.RowCount.ShouldBeNull(), metadata => metadata.Profile.ShouldBeNull());
        (await desk.RunAsync(new() { DatabaseId = "db", SchemaOnly = true })).OfType<TableSkippedEvent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Estimate_CountsAndWritesNothing_AndTellsWhatWouldBeSkipped()
    {
        using var file = new SqliteFile("create table a (id integer primary key, x text); create table b (id integer); insert into a values (1, 'x'), (2, 'y')");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        var estimate = await desk.Data.EstimateProfilingAsync(ProfilingDesk.Scope, new() { DatabaseId = "db" }, TestContext.Current.CancellationToken);
        (estimate.TablesToProfile, estimate.Rows, estimate.Columns).ShouldBe((2, 2L, 3));
        estimate.Queries.ShouldBeGreaterThan(0);
        (await desk.EntriesAsync()).ShouldBeEmpty();
        await desk.RunAsync(new() { DatabaseId = "db", Tables = ["a"] });
        estimate = await desk.Data.EstimateProfilingAsync(ProfilingDesk.Scope, new() { DatabaseId = "db" }, TestContext.Current.CancellationToken);
        estimate.Tables.Select(table => (table.Table, table.WouldBeSkipped)).ShouldBe([("main.a", true), ("main.b", false)]);
    }
}

using System.Text.Json;
using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

public sealed class IncrementalTests(PostgresFixture postgres)
{
    private const string Shop = """
        create table customers (id integer primary key, name text, city text);
        create table orders (id integer primary key, customer_id integer, status text);
        create table notes (id integer primary key, text text);
        insert into customers values (1, 'Ann', 'Paris'), (2, 'Bob', 'Rome'), (3, 'Cem', 'Rome');
        insert into orders values (1, 1, 'new'), (2, 1, 'paid'), (3, 2, 'new'), (4, 3, 'new'), (5, 3, 'new'), (6, 3, 'new'), (7, 3, 'new'), (8, 3, 'new'), (9, 3, 'new'), (10, 2, 'new');
        insert into notes values (1, 'one'), (2, 'two');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profile_Twice_SkipsEveryTableAndChangesNothing()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var before = await TextAsync(desk);
        var events = await desk.RunAsync();
        events.OfType<TableSkippedEvent>().Count().ShouldBe(3);
        events[^1].ShouldBeOfType<ProfilingCompletedEvent>().ShouldSatisfyAllConditions(
            completed => completed.Profiled.ShouldBe(0), completed => completed.EntriesWritten.ShouldBe(0), completed => completed.EntriesRemoved.ShouldBe(0));
        (await TextAsync(desk)).ShouldBe(before);

        await desk.RunAsync(new() { DatabaseId = "db", Force = true });
        (await TextAsync(desk)).ShouldBe(before);
    }

    [Fact]
    public async Task Profile_IntoAnotherCatalog_GivesTheSameBytes()
    {
        using var file = new SqliteFile(Shop);
        await using var one = await ProfilingDesk.OpenAsync(file.Name);
        await using var two = await ProfilingDesk.OpenAsync(file.Name);
        await one.RunAsync(new() { DatabaseId = "db", Concurrency = 1 });
        await two.RunAsync(new() { DatabaseId = "db", Concurrency = 8 });
        (await TextAsync(two)).ShouldBe(await TextAsync(one));
    }

    [Theory]
    [InlineData("update orders set status = 'wen' where id = 1")]
    [InlineData("delete from orders where id = 10")]
    [InlineData("alter table orders add column total numeric")]
    public async Task Profile_AfterAChange_LooksAtTheChangedTableOnly(string change)
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        file.Run(change);
        var events = await desk.RunAsync();
        events.OfType<TableProfiledEvent>().Select(table => table.Table).ShouldBe(["main.orders"]);
        events.OfType<TableSkippedEvent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Profile_AfterAChangeInPostgres_LooksAtTheChangedTableOnly()
    {
        var url = await postgres.CreateAsync(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(url);
        await desk.RunAsync();
        (await desk.RunAsync()).OfType<TableSkippedEvent>().Count().ShouldBe(3);
        await postgres.ChangeAsync(url, "update orders set status = 'wen' where id = 1");
        (await desk.RunAsync()).OfType<TableProfiledEvent>().Select(table => table.Table).ShouldBe(["public.orders"]);
    }

    [Fact]
    public async Task Profile_WhoseConsumerStops_GoesOnWhereItWas()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await foreach (var profilingEvent in desk.Data.ProfileAsync(ProfilingDesk.Scope, new() { DatabaseId = "db", Concurrency = 1 }, Token))
            if (profilingEvent is TableProfiledEvent) break;
        var done = (await desk.EntriesAsync(CatalogItemType.Table)).Count;
        done.ShouldBeGreaterThanOrEqualTo(1);
        var events = await desk.RunAsync();
        events.OfType<TableSkippedEvent>().Count().ShouldBe(done);
        await AssertWholeAsync(desk, file);
    }

    [Fact]
    public async Task Profile_ThatIsCancelled_EndsAndGoesOnWhereItWas()
    {
        using var file = new SqliteFile(Shop);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(inner, sql =>
        {
            if (!sql.Contains("\"notes\"", StringComparison.Ordinal)) return null;
            cancelling.Cancel();
            return new OperationCanceledException(cancelling.Token);
        }));
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await desk.Data.ProfileAsync(ProfilingDesk.Scope, new() { DatabaseId = "db", Concurrency = 1 }, cancelling.Token).ToListAsync(Token));
        (await desk.EntriesAsync(CatalogItemType.Table)).Select(table => table.Name).ShouldBe(["customers"]);
    }

    [Fact]
    public async Task Profile_ThatEndsByAFaultBetweenTables_GoesOnAndEndsAsOneThatDidNot()
    {
        using var file = new SqliteFile(Shop);
        var isBroken = true;
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(
            inner, sql => isBroken && sql.Contains("\"orders\"", StringComparison.Ordinal) ? new SluiceException(ErrorCodes.StoreUnavailable, "The server is away.") : null));
        (await Should.ThrowAsync<SluiceException>(() => desk.RunAsync(new() { DatabaseId = "db", Concurrency = 1 }))).Code.ShouldBe(ErrorCodes.StoreUnavailable);
        isBroken = false;
        (await desk.RunAsync()).OfType<TableProfiledEvent>().ShouldContain(table => table.Table == "main.orders");
        await AssertWholeAsync(desk, file);
    }

    [Fact]
    public async Task Profile_ThatEndsByAFaultBetweenRelations_GoesOnAndEndsAsOneThatDidNot()
    {
        using var file = new SqliteFile(Shop);
        var isBroken = true;
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(
            inner, sql => isBroken && sql.Contains("JOIN", StringComparison.Ordinal) ? new SluiceException(ErrorCodes.StoreUnavailable, "The server is away.") : null));
        await Should.ThrowAsync<SluiceException>(() => desk.RunAsync());
        isBroken = false;
        (await desk.RunAsync()).OfType<TableSkippedEvent>().Count().ShouldBe(3);
        await AssertWholeAsync(desk, file);
    }

    [Fact]
    public async Task Profile_OfATableThatFails_GoesOnWithTheOthersAndTriesAgain()
    {
        using var file = new SqliteFile(Shop);
        var isBroken = false;
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(
            inner, sql => isBroken && sql.Contains("\"orders\"", StringComparison.Ordinal) ? new QueryException(ErrorCodes.QueryTimeout, "timeout", "Too long.") : null));
        await desk.RunAsync();
        var before = await TextAsync(desk);
        isBroken = true;
        var events = await desk.RunAsync();
        events.OfType<TableFailedEvent>().ShouldHaveSingleItem().Error.Code.ShouldBe(ErrorCodes.QueryTimeout);
        events.OfType<TableSkippedEvent>().Count().ShouldBe(2);
        (await desk.EntryAsync("main.orders:profiling_failed")).Content.ShouldContain("Too long.");
        (await desk.EntryAsync("main.orders.status")).Metadata.Profile.ShouldNotBeNull();
        isBroken = false;
        (await desk.RunAsync()).OfType<TableProfiledEvent>().Select(table => table.Table).ShouldBe(["main.orders"]);
        (await TextAsync(desk)).ShouldBe(before);
    }

    [Fact]
    public async Task Profile_AfterTablesAndColumnsWent_RemovesTheirEntriesAndKeepsThoseOfPeople()
    {
        using var file = new SqliteFile(Shop + "create table gone (id integer primary key, word text);");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var metric = new CatalogEntry
        {
            Id = "m",
            ItemType = CatalogItemType.Metric,
            Name = "words",
            QualifiedName = "words",
            Content = "How many.",
            Metadata = new() { DatabaseId = "db", SchemaName = "main", TableName = "gone" },
        };
        await desk.Data.Catalog.UpsertAsync(ProfilingDesk.Scope, [metric], Token);
        file.Run("drop table gone; alter table notes drop column text;");
        await desk.RunAsync(new() { DatabaseId = "db", Tables = ["orders"] });
        (await desk.EntriesAsync()).ShouldContain(entry => entry.QualifiedName == "main.gone.word");
        (await desk.RunAsync())[^1].ShouldBeOfType<ProfilingCompletedEvent>().EntriesRemoved.ShouldBeGreaterThanOrEqualTo(4);
        (await desk.EntriesAsync()).Where(entry => entry.QualifiedName.Contains("gone", StringComparison.Ordinal) || entry.QualifiedName == "main.notes.text").ShouldBeEmpty();
        (await desk.EntriesAsync(CatalogItemType.Metric)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Profile_Again_KeepsWhatPeopleAndModelsWrote()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var entry = await desk.EntryAsync("main.orders.status");
        var authored = entry with
        {
            Content = "Where the order is.",
            Tags = ["state"],
            Related = [.. entry.Related, new("doc", "described_by")],
            Metadata = entry.Metadata with { Extra = new Dictionary<string, JsonElement>(entry.Metadata.Extra) { ["enrichment"] = JsonElement.Parse("""{"model":"m"}""") } },
        };
        await desk.Data.Catalog.UpsertAsync(ProfilingDesk.Scope, [authored], Token);
        file.Run("insert into orders values (11, 1, 'sent')");
        await desk.RunAsync();
        var now = await desk.EntryAsync("main.orders.status");
        (now.Content, now.Tags.ShouldHaveSingleItem(), now.Related.Count).ShouldBe(("Where the order is.", "state", 2));
        now.Metadata.Extra["enrichment"].GetProperty("model").GetString().ShouldBe("m");
        now.Metadata.Profile!.Value.GetProperty("rows").GetInt64().ShouldBe(11);
    }

    /// <summary>The catalog is that of a run that nothing came between.</summary>
    private static async Task AssertWholeAsync(ProfilingDesk desk, SqliteFile file)
    {
        await using var other = await ProfilingDesk.OpenAsync(file.Name);
        await other.RunAsync();
        (await TextAsync(desk)).ShouldBe(await TextAsync(other));
    }

    private static async Task<string> TextAsync(ProfilingDesk desk) =>
        string.Join('\n', (await desk.EntriesAsync()).Select(entry => JsonSerializer.Serialize(entry, Json.SluiceJson.Options)));
}

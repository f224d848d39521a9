using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests.Data;

public sealed class OperationsDatabaseTests(FullRetail retail) : IAsyncLifetime
{
    private static readonly string[] Boots = ["P-000001", "P-000002", "P-000003"];

    private static readonly OperationsSummary Empty = new()
    {
        PurchaseOrders = 0,
        PurchaseOrderLines = 0,
        UnitsOrdered = 0,
        ProductsOnHold = 0,
        PriceChanges = 0,
        AppliedActions = 0,
    };

    private readonly TemporaryFolder _folder = new();
    private OperationsDatabase _operations = null!;

    private OperationsQueries Queries => new(_operations);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _operations = await OpenAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task NewDatabase_AtCreation_HoldsThePricesOfTheRetailDatabase()
    {
        using var connection = Connect();
        Sql.Number(connection, "SELECT count(*) FROM current_prices").ShouldBe(20_000);
        Sql.Number(connection, "SELECT sum(price_cents) FROM current_prices")
            .ShouldBe(retail.Number("SELECT CAST(round(sum(price) * 100) AS INTEGER) FROM products"));
        (await _operations.SummaryAsync(Token)).ShouldBe(Empty);
    }

    [Fact]
    public async Task Reorder_OfProducts_WritesOneOrderWithALineEach()
    {
        (await _operations.ReorderAsync("run-1/0", [.. Boots, Boots[0]], 24, Token)).ShouldBe(3);

        (await _operations.SummaryAsync(Token)).ShouldBe(Empty with
        {
            PurchaseOrders = 1,
            PurchaseOrderLines = 3,
            UnitsOrdered = 72,
            AppliedActions = 1,
        });
        (await Queries.RowsAffectedAsync("run-1/0", Token)).ShouldBe(3);
        (await Queries.RowsAffectedAsync("run-1/1", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Hold_OfProducts_IsRecordedWithItsReasonAndEnd()
    {
        (await _operations.HoldAsync("h", Boots, "sole comes off", new DateOnly(2026, 12, 24), Token)).ShouldBe(3);

        (await _operations.SummaryAsync(Token)).ShouldBe(Empty with { ProductsOnHold = 3, AppliedActions = 1 });
        using var connection = Connect();
        Sql.Texts(connection, "SELECT DISTINCT reason || ' ' || held_until || ' ' || held_at FROM holds")
            .ShouldBe(["sole comes off 2026-12-24 2026-11-20T08:30:00Z"]);
    }

    [Fact]
    public async Task MarkDown_OfProducts_ChangesPricesAsThePreviewSaid()
    {
        var preview = await _operations.PreviewMarkDownAsync(Boots, 20, Token);

        (await _operations.MarkDownAsync("m", Boots, 20, Token)).ShouldBe(3);

        using var connection = Connect();
        preview.ShouldBe(new MarkDownPreview { Products = 3, OldTotal = 209.97m, NewTotal = 167.97m, BelowCost = 0 });
        Sql.Number(connection, "SELECT sum(price_cents) FROM current_prices WHERE product_id <= 'P-000003'").ShouldBe((long)(preview.NewTotal * 100));
        Sql.Number(connection, "SELECT sum(old_cents) FROM price_changes").ShouldBe((long)(preview.OldTotal * 100));
        (await _operations.SummaryAsync(Token)).ShouldBe(Empty with { PriceChanges = 3, AppliedActions = 1 });
    }

    [Fact]
    public async Task EveryAction_AppliedTwice_ChangesOnceAndAnswersTheSame()
    {
        for (var round = 0; round < 2; round++)
        {
            var operations = await OpenAsync();
            (await operations.ReorderAsync("a", Boots, 5, Token)).ShouldBe(3);
            (await operations.HoldAsync("b", [.. Boots.Reverse()], "check", null, Token)).ShouldBe(3);
            (await operations.MarkDownAsync("c", Boots[..2], round == 0 ? 10m : 10.00m, Token)).ShouldBe(2);
        }

        (await _operations.SummaryAsync(Token)).ShouldBe(
            new OperationsSummary
            {
                PurchaseOrders = 1,
                PurchaseOrderLines = 3,
                UnitsOrdered = 15,
                ProductsOnHold = 3,
                PriceChanges = 2,
                AppliedActions = 3,
            });
    }

    [Fact]
    public async Task OneAction_AppliedByManyAtOnce_ChangesOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _operations.MarkDownAsync("same", Boots, 10, Token)));

        results.ShouldAllBe(rows => rows == 3);
        (await _operations.SummaryAsync(Token)).ShouldBe(Empty with { PriceChanges = 3, AppliedActions = 1 });
    }

    [Fact]
    public async Task Key_UsedForAnotherAction_IsRefused()
    {
        await _operations.ReorderAsync("key", Boots, 5, Token);

        (await Should.ThrowAsync<InvalidOperationException>(_operations.ReorderAsync("key", Boots, 6, Token))).Message.ShouldContain("'key'");
        await Should.ThrowAsync<InvalidOperationException>(_operations.ReorderAsync("key", Boots[..1], 5, Token));
        await Should.ThrowAsync<InvalidOperationException>(_operations.MarkDownAsync("key", Boots, 5, Token));
        (await _operations.SummaryAsync(Token)).ShouldBe(Empty with
        {
            PurchaseOrders = 1,
            PurchaseOrderLines = 3,
            UnitsOrdered = 15,
            AppliedActions = 1,
        });
    }

    [Fact]
    public async Task MarkDown_BelowCost_NamesHowManyAndChangesNothing()
    {
        var ids = Enumerable.Range(1, 20_000).Select(number => $"P-{number:D6}").ToArray();
        var expected = retail.Number("SELECT count(*) FROM products WHERE round(price * 70, 0) < round(cost * 100)");
        expected.ShouldBeInRange(100, 19_000);

        var error = await Should.ThrowAsync<InvalidOperationException>(_operations.MarkDownAsync("m", ids, 30, Token));

        error.Message.ShouldContain($"{expected} of 20000 products below cost");
        (await _operations.PreviewMarkDownAsync(ids, 30, Token)).BelowCost.ShouldBe((int)expected);
        (await Queries.RowsAffectedAsync("m", Token)).ShouldBeNull();
        (await _operations.SummaryAsync(Token)).ShouldBe(Empty);
    }

    [Fact]
    public async Task MarkDown_AfterMarkDown_StartsFromTheCurrentPrice()
    {
        await _operations.MarkDownAsync("first", Boots[..1], 10, Token);

        (await _operations.PreviewMarkDownAsync(Boots[..1], 10, Token)).OldTotal.ShouldBe(62.99m);
    }

    [Fact]
    public async Task UnknownProducts_InAnyAction_AreNamedAndNothingIsChanged()
    {
        string[] ids = [.. Boots, "P-999999", "'; DROP TABLE holds; --"];

        (await Should.ThrowAsync<KeyNotFoundException>(_operations.ReorderAsync("a", ids, 1, Token))).Message.ShouldContain("2 of 5 products are unknown");
        await Should.ThrowAsync<KeyNotFoundException>(_operations.HoldAsync("b", ids, "why", null, Token));
        await Should.ThrowAsync<KeyNotFoundException>(_operations.MarkDownAsync("c", ids, 10, Token));
        await Should.ThrowAsync<KeyNotFoundException>(_operations.PreviewMarkDownAsync(ids, 10, Token));

        (await _operations.SummaryAsync(Token)).ShouldBe(Empty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100)]
    public async Task MarkDown_PercentOutOfRange_IsRefused(int percent)
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _operations.MarkDownAsync("m", Boots, percent, Token));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _operations.PreviewMarkDownAsync(Boots, percent, Token));
    }

    [Fact]
    public async Task Arguments_BlankOrEmpty_AreRefused()
    {
        await Should.ThrowAsync<ArgumentException>(() => _operations.ReorderAsync(" ", Boots, 1, Token));
        await Should.ThrowAsync<ArgumentException>(() => _operations.ReorderAsync("k", [], 1, Token));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _operations.ReorderAsync("k", Boots, 0, Token));
        await Should.ThrowAsync<ArgumentException>(() => _operations.HoldAsync("k", Boots, " ", null, Token));
    }

    [Fact]
    public async Task Open_OfAnotherSchema_IsRefused()
    {
        using (var connection = SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadWrite))
            connection.Execute("PRAGMA user_version = 9");

        (await Should.ThrowAsync<InvalidDataException>(OpenAsync())).Message.ShouldContain("schema 9");
    }

    [Fact]
    public async Task Undo_OfEachAction_LeavesTheDatabaseAsItWas()
    {
        var before = Content();
        await _operations.ReorderAsync("a/0", Boots, 24, Token);
        await _operations.HoldAsync("a/1", Boots, "recount", cancellationToken: Token);
        await _operations.MarkDownAsync("a/2", Boots, 10, Token);

        (await _operations.UndoAsync("a/2", Token)).ShouldBe(3);
        (await _operations.UndoAsync("a/1", Token)).ShouldBe(3);
        (await _operations.UndoAsync("a/0", Token)).ShouldBe(3);

        Content().ShouldBe(before);
    }

    [Fact]
    public async Task Undo_OfAnUnknownAction_ChangesNothing()
    {
        await _operations.MarkDownAsync("a", Boots, 10, Token);
        var before = Content();

        (await _operations.UndoAsync("b", Token)).ShouldBe(0);

        Content().ShouldBe(before);
    }

    [Fact]
    public async Task Undo_OfAMarkdownUnderAnotherOne_IsRefused()
    {
        await _operations.MarkDownAsync("first", Boots, 10, Token);
        await _operations.MarkDownAsync("second", Boots[..1], 10, Token);
        var before = Content();

        var error = await Should.ThrowAsync<InvalidOperationException>(_operations.UndoAsync("first", Token));

        error.Message.ShouldContain("1 of 3 prices were changed again");
        Content().ShouldBe(before);
    }

    [Fact]
    public async Task Reset_AfterChanges_LeavesTheDatabaseAsNew()
    {
        var before = Content();
        await _operations.ReorderAsync("a/0", Boots, 24, Token);
        await _operations.HoldAsync("a/1", Boots, "recount", cancellationToken: Token);
        await _operations.MarkDownAsync("a/2", Boots, 10, Token);

        await _operations.ResetAsync(retail.Database, Token);

        Content().ShouldBe(before);
    }

    [Fact]
    public async Task ProductsUnderWay_AfterEachAction_AreThoseOfIt()
    {
        await _operations.ReorderAsync("a/0", Boots[..1], 24, Token);
        await _operations.HoldAsync("a/1", Boots[1..2], "recount", cancellationToken: Token);
        await _operations.MarkDownAsync("a/2", Boots[2..], 10, Token);

        (await Queries.OrderedProductsAsync(Token)).ShouldBe(Boots[..1]);
        (await Queries.HeldProductsAsync(Token)).ShouldBe(Boots[1..2]);
        (await Queries.MarkedDownProductsAsync(Token)).ShouldBe(Boots[2..]);
    }

    private string Content()
    {
        using var connection = Connect();
        return Sql.ContentHash(connection);
    }

    private Task<OperationsDatabase> OpenAsync() =>
        OperationsDatabase.OpenOrCreateAsync(_folder.File("operations.db"), retail.Database, new FixedClock(), Token);

    private SqliteConnection Connect() => SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadOnly);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 8, 30, 0, TimeSpan.Zero);
    }
}

using Sluice.Data;
using Xunit;
using static Sluice.Testing.CatalogSamples;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="ICatalogStore"/> must do for its readers, also one that cannot be written to.</summary>
public abstract class CatalogReadingContract : DataContract
{
    /// <summary>Names that no entry has, and none can have.</summary>
    private static readonly string[] Impossible = ["", " ", "a\0b", "a\uD83D", "%", "unknown", new('x', 600)];

    /// <summary>Opens the catalog under test with these entries in a scope and none in others. The test disposes it.</summary>
    protected abstract ValueTask<ICatalogStore> OpenWithAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries);

    /// <summary>An entry comes back as it was, all of it.</summary>
    [Fact]
    public async Task Get_OfAnEntryWithEverything_GivesItWhole()
    {
        await using var catalog = await OpenWithAsync(Scope, [Full("a"), Column("b")]);

        AssertSame<IReadOnlyList<CatalogEntry>>([Full("a")], await catalog.GetAsync(Scope, ["a"], Token));
        AssertSame<IReadOnlyList<CatalogEntry>>([Column("b")], await catalog.GetAsync(Scope, ["b"], Token));
    }

    /// <summary>Entries come in the order of the ids, each once; what is not there, or cannot be, is left out.</summary>
    [Fact]
    public async Task Get_OfSeveral_KeepsTheOrderOfTheIds()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a"), Column("A"), Column("b"), Column("😀")]);

        Assert.Equal(["😀", "b", "a", "A"], Ids(await catalog.GetAsync(Scope, ["😀", "b", .. Impossible, "a", "b", "A"], Token)));
        Assert.Empty(await catalog.GetAsync(Scope, [], Token));
        Assert.Empty(await catalog.GetAsync(Scope, Impossible, Token));
    }

    /// <summary>Thousands of entries can be asked for at once.</summary>
    [Fact]
    public async Task Get_OfThousands_GivesAll()
    {
        string[] ids = [.. Enumerable.Range(0, 40_000).Select(number => $"id-{number}")];
        await using var catalog = await OpenWithAsync(Scope, [.. ids.Take(3000).Select(id => Column(id, "orders", id))]);

        Assert.Equal(ids.Take(3000).Reverse(), Ids(await catalog.GetAsync(Scope, [.. ids.Reverse()], Token)));
        Assert.Equal(ids.Take(3000), Ids(await catalog.FindAsync(Scope, [.. ids.Select(id => $"PUBLIC.orders.{id}")], Token)));
        Assert.Equal(3000, (await ListAsync(catalog, Scope, new())).Count);
    }

    /// <summary>Qualified names are found without case; those of one name are sorted by id, and no entry comes twice.</summary>
    [Fact]
    public async Task Find_WithoutCase_KeepsTheOrderOfTheNames()
    {
        await using var catalog = await OpenWithAsync(
            Scope, [Column("b"), Column("a") with { QualifiedName = "Public.Orders.QUANTITY" }, Column("c", "größe", "straße"), Column("d", "orders", "quantity%")]);

        Assert.Equal(["c", "a", "b"], Ids(await catalog.FindAsync(Scope, ["public.GRÖSSE.strasse", "PUBLIC.GRÖßE.STRAßE", "public.orders.quantity", "public.ORDERS.quantity"], Token)));
        Assert.Equal(["a", "b", "d"], Ids(await catalog.FindAsync(Scope, [.. Impossible, "public.orders.quantity", .. Impossible, "public.orders.quantity%"], Token)));
        Assert.Empty(await catalog.FindAsync(Scope, [], Token));
    }

    /// <summary>Entries are listed by item type as it is written, qualified name, name and id, all by code point.</summary>
    [Fact]
    public async Task List_OfAll_GivesTheEntriesSorted()
    {
        CatalogEntry[] entries =
        [
            .. Enum.GetValues<CatalogItemType>().Select(type => Column($"type-{type}") with { ItemType = type }),
            Column("b", "orders", "a"), Column("a", "orders", "a"), Column("c", "orders", "B"), Column("B", "orders", "a"),
            Column("d", "orders", "a") with { Name = "A" }, Column("e", "\uFFFD", "x"), Column("f", "😀", "x"), Column("\uFFFD", "orders", "a"), Column("😀", "orders", "a"),
        ];
        await using var catalog = await OpenWithAsync(Scope, entries);

        var listed = await ListAsync(catalog, Scope, new());

        Assert.Equal(Ids(Sorted(entries)), Ids(listed));
        AssertSame<IReadOnlyList<CatalogEntry>>([.. Sorted(entries)], listed);
    }

    /// <summary>Every condition of the filter holds: tables without case, databases and documents as they are written.</summary>
    [Fact]
    public async Task List_WithAFilter_GivesOnlyWhatFits()
    {
        await using var catalog = await OpenWithAsync(Scope, [
            Column("a"), Column("b", "ORDERS"), Column("c", "größe"), Column("d") with { ItemType = CatalogItemType.Metric },
            Column("e") with { Metadata = new() { DatabaseId = "Shop", TableName = "orders" } }, Column("f") with { Metadata = new() { DocumentId = "doc-1" } },
        ]);

        await AssertListedAsync(new() { TableName = "Orders" }, "a", "b", "d", "e");
        await AssertListedAsync(new() { TableName = "GRÖßE" }, "c");
        await AssertListedAsync(new() { DatabaseId = "shop" }, "a", "b", "c", "d");
        await AssertListedAsync(new() { DocumentId = "doc-1" }, "f");
        await AssertListedAsync(new() { DocumentId = "DOC-1" });
        await AssertListedAsync(new() { ItemTypes = [CatalogItemType.Metric, CatalogItemType.Table, CatalogItemType.Metric] }, "d");
        await AssertListedAsync(new() { ItemTypes = [CatalogItemType.Column, CatalogItemType.Metric], DatabaseId = "shop", TableName = "orders" }, "a", "b", "d");
        foreach (var name in Impossible)
        {
            await AssertListedAsync(new() { TableName = name });
            await AssertListedAsync(new() { DatabaseId = name });
            await AssertListedAsync(new() { DocumentId = name });
        }

        async Task AssertListedAsync(CatalogFilter filter, params string[] expected) =>
            Assert.Equal(expected, Ids(await ListAsync(catalog, Scope, filter)).Order(StringComparer.Ordinal));
    }

    /// <summary>Another tenant or workspace sees nothing.</summary>
    [Fact]
    public async Task Entries_OfOneScope_AreInvisibleToOthers()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a")]);

        foreach (var other in Neighbours)
        {
            Assert.Empty(await catalog.GetAsync(other, ["a"], Token));
            Assert.Empty(await catalog.FindAsync(other, [Column("a").QualifiedName], Token));
            Assert.Empty(await ListAsync(catalog, other, new()));
        }

        Assert.Equal(["a"], Ids(await ListAsync(catalog, Scope, new())));
    }

    /// <summary>A scope that cannot be is refused.</summary>
    [Fact]
    public async Task Reading_OfAScopeThatIsNotAllowed_IsRefused()
    {
        await using var catalog = await OpenWithAsync(Scope, []);
        foreach (var scope in BadScopes)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await catalog.GetAsync(scope, ["a"], Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await catalog.FindAsync(scope, ["a"], Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ListAsync(catalog, scope, new()));
        }
    }

    /// <summary>A token that is cancelled before stops every call; one that is cancelled later stops a listing.</summary>
    [Fact]
    public async Task Reading_WithACancelledToken_Stops()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a"), Column("b"), Column("c")]);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await catalog.GetAsync(Scope, ["a"], Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await catalog.FindAsync(Scope, ["a"], Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in catalog.ListAsync(Scope, new(), cancellation.Token)) await cancellation.CancelAsync();
        });
    }

    private protected static async Task<List<CatalogEntry>> ListAsync(ICatalogStore catalog, DataScope scope, CatalogFilter filter)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var entry in catalog.ListAsync(scope, filter, Token)) entries.Add(entry);
        return entries;
    }

    private protected static IEnumerable<string> Ids(IEnumerable<CatalogEntry> entries) => entries.Select(entry => entry.Id);
}

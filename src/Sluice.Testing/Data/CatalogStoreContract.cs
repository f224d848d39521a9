using System.Text.Json;
using Sluice.Data;
using Xunit;
using static Sluice.Testing.CatalogSamples;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="ICatalogStore"/> that can be written to must do, for readers and writers.</summary>
public abstract class CatalogStoreContract : CatalogReadingContract
{
    /// <summary>Opens the catalog under test, again and again the same one: what one handle wrote another must see. The test disposes it. Skip the test here when a server it needs is missing.</summary>
    protected abstract ValueTask<ICatalogStore> CreateAsync();

    /// <inheritdoc/>
    protected override async ValueTask<ICatalogStore> OpenWithAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries)
    {
        var catalog = await CreateAsync();
        Assert.False(catalog.IsReadOnly);
        await catalog.UpsertAsync(scope, entries, Token);
        return catalog;
    }

    /// <summary>An entry that is there is replaced whole, and is found by its new names only.</summary>
    [Fact]
    public async Task Upsert_OfAKnownId_ReplacesTheEntryWhole()
    {
        await using var catalog = await OpenWithAsync(Scope, [Full("a"), Column("b")]);
        var changed = new CatalogEntry { Id = "a", ItemType = CatalogItemType.Document, Name = "Guide", QualifiedName = "docs/guide.md" };

        await catalog.UpsertAsync(Scope, [changed], Token);

        AssertSame<IReadOnlyList<CatalogEntry>>([changed], await catalog.GetAsync(Scope, ["a"], Token));
        Assert.Equal(["b"], Ids(await catalog.FindAsync(Scope, [Full("a").QualifiedName], Token)));
        Assert.Equal(["a"], Ids(await catalog.FindAsync(Scope, ["DOCS/GUIDE.MD"], Token)));
        Assert.Equal(["b"], Ids(await ListAsync(catalog, Scope, new() { TableName = "orders" })));
        Assert.Equal(["b", "a"], Ids(await ListAsync(catalog, Scope, new())));
    }

    /// <summary>Writing nothing is allowed.</summary>
    [Fact]
    public async Task Write_OfNothing_ChangesNothing()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a")]);

        await catalog.UpsertAsync(Scope, [], Token);

        Assert.Equal(0, await catalog.RemoveAsync(Scope, [], Token));
        Assert.Equal(["a"], Ids(await ListAsync(catalog, Scope, new())));
    }

    /// <summary>When one of several entries cannot be stored none is, and the message says which.</summary>
    [Fact]
    public async Task Upsert_WithAnEntryThatCannotBeStored_StoresNone()
    {
        await using var catalog = await OpenWithAsync(Scope, []);
        CatalogEntry[] bad =
        [
            Column(""), Column("a\0"), Column("\uD83D"), Column(new('i', 513)), Column("first"), Column("bad") with { Name = " " }, Column("bad") with { QualifiedName = "" },
            Column("bad", "a\0b"), Column("bad") with { Metadata = new() { DocumentId = "\uDE00" } }, Column("bad") with { ItemType = (CatalogItemType)99 },
        ];

        foreach (var entry in bad)
        {
            var exception = await Assert.ThrowsAnyAsync<ArgumentException>(async () => await catalog.UpsertAsync(Scope, [Column("first"), entry], Token));
            Assert.Contains("Entry 1", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(catalog, Scope, new()));
    }

    /// <summary>An entry's text may be long.</summary>
    [Fact]
    public async Task Upsert_OfALongText_IsReadBackWhole()
    {
        var entry = Column("a") with { Content = string.Concat(Enumerable.Range(0, 200_000).Select(number => $"wörd{number} ")) };
        await using var catalog = await OpenWithAsync(Scope, [entry]);

        Assert.Equal(entry.Content, Assert.Single(await catalog.GetAsync(Scope, ["a"], Token)).Content);
    }

    /// <summary>The catalog keeps copies: neither a disposed document nor a changed list changes an entry.</summary>
    [Fact]
    public async Task Upsert_OfWhatIsChangedLater_KeepsItsContent()
    {
        await using var catalog = await CreateAsync();
        List<string> tags = ["amount"];
        using (var document = JsonDocument.Parse("""{"min":1}"""))
            await catalog.UpsertAsync(Scope, [Column("a") with { Tags = tags, Metadata = new() { Profile = document.RootElement } }], Token);
        tags.Clear();

        var stored = Assert.Single(await catalog.GetAsync(Scope, ["a"], Token));

        Assert.Equal(1, stored.Metadata.Profile!.Value.GetProperty("min").GetInt32());
        Assert.Equal(["amount"], stored.Tags);
    }

    /// <summary>What was there is removed and counted; what was not, is not.</summary>
    [Fact]
    public async Task Remove_OfSeveral_CountsThoseThatWereThere()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a"), Column("b"), Column("c")]);

        Assert.Equal(2, await catalog.RemoveAsync(Scope, ["a", "x", "", "a\0", "b", "a"], Token));
        Assert.Equal(0, await catalog.RemoveAsync(Scope, ["a"], Token));

        Assert.Equal(["c"], Ids(await ListAsync(catalog, Scope, new())));
        Assert.Equal(["c"], Ids(await catalog.FindAsync(Scope, [Column("a").QualifiedName], Token)));
    }

    /// <summary>Of several who remove the same entries at once each is removed for one of them.</summary>
    [Fact]
    public async Task Remove_OfTheSameByMany_CountsEachOnce()
    {
        await using var catalog = await OpenWithAsync(Scope, [.. Enumerable.Range(0, 30).Select(number => Column($"id-{number}"))]);

        var removed = await RaceAsync(async racer =>
            await catalog.RemoveAsync(Scope, [.. Enumerable.Range(0, 30).Select(number => $"id-{(number + racer) % 30}")], Token));

        Assert.Equal(30, removed.Sum());
    }

    /// <summary>Of several who write the same entries at once one wins for all, and no reader sees a mixture.</summary>
    [Fact]
    public async Task Upsert_OfTheSameByMany_LeavesThoseOfOne()
    {
        string[] ids = ["a", "b", "c"];
        await using var catalog = await OpenWithAsync(Scope, Entries(0, ids));
        for (var round = 0; round < Rounds; round++)
        {
            var seen = await RaceAsync(async racer =>
            {
                // In another order each time: a store that locks entry by entry would wait in a circle.
                if (racer % 2 == 0) await catalog.UpsertAsync(Scope, Entries(racer, racer % 4 == 0 ? ids : [.. ids.Reverse()]), Token);
                return await catalog.GetAsync(Scope, ids, Token);
            });

            foreach (var entries in seen) Assert.Single(entries.Select(entry => entry.Content).Distinct(StringComparer.Ordinal));
            Assert.Equal(ids, Ids(seen[0]));
        }

        static IReadOnlyList<CatalogEntry> Entries(int number, string[] ids) => [.. ids.Select(id => Column(id, "orders", id) with { Content = $"by {number}" })];
    }

    /// <summary>A listing gives every entry once, also when others come and go meanwhile.</summary>
    [Fact]
    public async Task List_WhileEntriesComeAndGo_GivesAllOthersOnce()
    {
        string[] ids = [.. Enumerable.Range(0, 2500).Select(number => $"id-{number:D5}")];
        await using var catalog = await OpenWithAsync(Scope, [.. ids.Select(id => Column(id, "orders", id))]);
        var listed = new List<string>();

        await foreach (var entry in catalog.ListAsync(Scope, new() { TableName = "orders" }, Token))
        {
            listed.Add(entry.Id);
            if (listed.Count % 100 != 1) continue;
            await catalog.RemoveAsync(Scope, [entry.Id], Token);
            await catalog.UpsertAsync(Scope, [Column($"new-{listed.Count}", "orders", $"{entry.Id}-new")], Token);
        }

        Assert.Equal(ids, listed.Where(id => id.StartsWith("id-", StringComparison.Ordinal)));
        Assert.Equal(listed.Distinct(StringComparer.Ordinal), listed);
    }

    /// <summary>Another tenant or workspace changes nothing and can use the same ids.</summary>
    [Fact]
    public async Task Writes_OfOneScope_LeaveOthersAlone()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a")]);

        foreach (var other in Neighbours)
        {
            Assert.Equal(0, await catalog.RemoveAsync(other, ["a"], Token));
            await catalog.UpsertAsync(other, [Full("a")], Token);
        }

        foreach (var other in Neighbours) Assert.Equal(1, await catalog.RemoveAsync(other, ["a"], Token));
        AssertSame<IReadOnlyList<CatalogEntry>>([Column("a")], await catalog.GetAsync(Scope, ["a"], Token));
    }

    /// <summary>A scope that cannot be is refused by writers too.</summary>
    [Fact]
    public async Task Writing_ToAScopeThatIsNotAllowed_IsRefused()
    {
        await using var catalog = await CreateAsync();
        foreach (var scope in BadScopes)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await catalog.UpsertAsync(scope, [Column("a")], Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await catalog.RemoveAsync(scope, ["a"], Token));
        }
    }

    /// <summary>A token that is cancelled before stops writing.</summary>
    [Fact]
    public async Task Write_WithACancelledToken_ChangesNothing()
    {
        await using var catalog = await OpenWithAsync(Scope, [Column("a")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await catalog.UpsertAsync(Scope, [Column("b")], Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await catalog.RemoveAsync(Scope, ["a"], Cancelled));

        Assert.Equal(["a"], Ids(await ListAsync(catalog, Scope, new())));
    }

    /// <summary>What one handle wrote another sees at once, and a later one too.</summary>
    [Fact]
    public async Task Write_OnOneHandle_IsSeenByOthers()
    {
        await using var second = await CreateAsync();
        await using (var first = await OpenWithAsync(Scope, [Column("a"), Full("b")]))
        {
            Assert.Equal(["a", "b"], Ids(await second.GetAsync(Scope, ["a", "b"], Token)));
            Assert.Equal(1, await second.RemoveAsync(Scope, ["a"], Token));
            Assert.Empty(await first.GetAsync(Scope, ["a"], Token));
        }

        await using var third = await CreateAsync();
        AssertSame<IReadOnlyList<CatalogEntry>>([Full("b")], await ListAsync(third, Scope, new()));
    }

    /// <summary>Generated operations give what a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var catalog = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new CatalogStoreModel(catalog, ScopesOf(sequence), Token).StepAsync);
    }
}

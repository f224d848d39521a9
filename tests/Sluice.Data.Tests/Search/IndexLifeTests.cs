using Sluice.Data.Search;
using Sluice.Sqlite.Search;
using static Sluice.Data.Tests.Search.SearchDesk;

namespace Sluice.Data.Tests.Search;

/// <summary>How the index follows the catalog, and what is done where it does not.</summary>
public sealed class IndexLifeTests : IAsyncDisposable
{
    private readonly SearchDesk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Upsert_ThroughTheEnvironment_IsFoundAtOnce()
    {
        var data = await _desk.OpenAsync();
        (await FindAsync(data, "invoices")).ShouldBeEmpty();

        await data.Catalog.UpsertAsync(Scope, [Table("invoice")], Token);

        (await FindAsync(data, "invoices")).ShouldBe(["main.invoice"]);
    }

    [Fact]
    public async Task Upsert_OfAColumn_RenewsItsTable()
    {
        var data = await _desk.OpenAsync();
        await data.Catalog.UpsertAsync(Scope, [Table("invoice"), Table("other")], Token);
        await data.Catalog.UpsertAsync(Scope, [Column("invoice", "carrier")], Token);

        (await FindAsync(data, "carrier")).First().ShouldBe("main.invoice");
        (await data.Search!.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Upsert_OfAColumnThatMovesToAnotherTable_RenewsBoth()
    {
        var data = await _desk.OpenAsync();
        await data.Catalog.UpsertAsync(Scope, [Table("invoice"), Table("other"), Column("invoice", "carrier")], Token);

        await data.Catalog.UpsertAsync(Scope, [Column("other", "carrier") with { Id = "column::main.invoice.carrier" }], Token);

        (await data.Search!.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Remove_OfAColumn_TakesItOutAndRenewsItsTable()
    {
        var data = await _desk.OpenAsync();
        await data.Catalog.UpsertAsync(Scope, [Table("invoice"), Column("invoice", "carrier")], Token);
        await data.Catalog.RemoveAsync(Scope, ["column::main.invoice.carrier"], Token);

        (await FindAsync(data, "carrier", CatalogItemType.Column)).ShouldBeEmpty();
        (await data.Search!.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Check_AfterWritesBesideTheIndex_NamesWhatDiffersAndSyncMendsIt()
    {
        var data = await _desk.OpenAsync();
        await data.Catalog.UpsertAsync(Scope, [Table("kept"), Table("changed"), Table("gone")], Token);
        var beside = await _desk.OpenAsync(settings: new() { WriteThrough = false });
        await beside.Catalog.UpsertAsync(Scope, [Table("changed", "Another text"), .. Enumerable.Range(0, 7).Select(number => Table($"new{number}"))], Token);
        await beside.Catalog.RemoveAsync(Scope, ["table::main.gone"], Token);

        var report = await data.Search!.CheckAsync(Scope, Token);

        (report.Entries, report.Documents, report.IsClean).ShouldBe((9, 3, false));
        report.Orphans.ShouldSatisfyAllConditions(orphans => orphans.Count.ShouldBe(1), orphans => orphans.Samples.ShouldBe(["table::main.gone"]));
        report.Stale.ShouldSatisfyAllConditions(stale => stale.Count.ShouldBe(1), stale => stale.Samples.ShouldBe(["table::main.changed"]));
        report.Missing.ShouldSatisfyAllConditions(
            missing => missing.Count.ShouldBe(7), missing => missing.Samples.ShouldBe([.. Enumerable.Range(0, 5).Select(number => $"table::main.new{number}")]));

        (await CompleteAsync(data.Search.SyncAsync(Scope, Token))).ShouldBe(new SearchIndexCompletedEvent(9, 8, 1, 1));
        (await data.Search.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
        (await CompleteAsync(data.Search.SyncAsync(Scope, Token))).ShouldBe(new SearchIndexCompletedEvent(9, 0, 9, 0));
    }

    [Fact]
    public async Task Rebuild_OfManyEntries_TellsHowFarItIs()
    {
        var data = await _desk.OpenAsync();
        await data.Catalog.UpsertAsync(Scope, [.. Enumerable.Range(0, 2_500).Select(number => Table($"t{number}"))], Token);

        var events = await data.Search!.RebuildAsync(Scope, Token).ToListAsync(Token);

        events.ShouldBe(
        [
            new SearchIndexStartedEvent(2_500), new SearchIndexProgressEvent(1_000, 2_500), new SearchIndexProgressEvent(2_000, 2_500), new SearchIndexProgressEvent(2_500, 2_500),
            new SearchIndexCompletedEvent(2_500, 2_500, 0, 0),
        ]);
    }

    [Fact]
    public async Task Rebuild_ThatIsBrokenOff_LeavesAnIndexThatIsUsable()
    {
        var data = await _desk.OpenAsync(settings: new() { WriteThrough = false });
        await data.Catalog.UpsertAsync(Scope, [.. Enumerable.Range(0, 2_500).Select(number => Table($"table_{number}"))], Token);
        await foreach (var step in data.Search!.RebuildAsync(Scope, Token))
        {
            if (step is SearchIndexProgressEvent) break;
        }

        (await data.Search.CheckAsync(Scope, Token)).Missing.Count.ShouldBe(1_500);
        var again = await _desk.OpenAsync();
        (await FindAsync(again, "main.table_2499")).First().ShouldBe("main.table_2499");
        (await again.Search!.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Index_SharedByTwoEnvironments_ShowsEachWhatTheOtherWrote()
    {
        var (one, other) = (await _desk.OpenAsync(), await _desk.OpenAsync());
        await FindAsync(one, "anything");
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(number => (number % 2 == 0 ? one : other).Catalog.UpsertAsync(Scope, [Table($"shared_{number}")], Token).AsTask()));

        (await FindAsync(one, "shared_19")).First().ShouldBe("main.shared_19");
        (await FindAsync(other, "shared_0")).First().ShouldBe("main.shared_0");
        (await one.Search!.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Search_ByAnIndexOfAnotherBuild_MakesItsDocumentsAnew()
    {
        var data = await _desk.OpenAsync(settings: new() { WriteThrough = false });
        await data.Catalog.UpsertAsync(Scope, [Table("invoice")], Token);
        await using (var index = SqliteSearchIndex.Open(_desk.IndexFile))
        {
            await index.PutAsync(
                Scope, [new() { Id = "table::main.invoice", ItemType = CatalogItemType.Table, EntryName = "?", QualifiedName = "?", Name = "older", Hash = "of version 0" }], Token);
        }

        (await data.Search!.CheckAsync(Scope, Token)).Stale.Count.ShouldBe(1);
        (await FindAsync(data, "invoice")).ShouldBe(["main.invoice"]);
        (await data.Search.CheckAsync(Scope, Token)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Upsert_WhoseIndexFails_IsKeptAndFoundOnceTheIndexWorks()
    {
        var index = new FailingIndex(SqliteSearchIndex.Open(null));
        var provider = new ScriptedDataProvider("sqlite") { SearchIndex = _ => Task.FromResult<ISearchIndex>(index), Catalog = _ => new ListCatalog() };
        var data = await _desk.OpenAsync(provider: provider);
        await FindAsync(data, "anything");

        index.IsFailing = true;
        await data.Catalog.UpsertAsync(Scope, [Table("invoice")], Token);
        index.IsFailing = false;

        (await FindAsync(data, "invoice")).ShouldBe(["main.invoice"]);
    }

    [Fact]
    public async Task RebuildOnStart_WithATenant_BuildsWhenOpened()
    {
        var data = await _desk.OpenAsync([Table("invoice")], new() { RebuildOnStart = true });
        (await data.Search!.CheckAsync(Scope, Token)).ShouldSatisfyAllConditions(report => report.IsClean.ShouldBeTrue(), report => report.Documents.ShouldBe(1));
    }

    [Theory]
    [InlineData("this is no database at all, and long enough to look like one")]
    [InlineData("SQLite format 3\0 but broken behind its first line, which is where a header would be, had it one")]
    public async Task Open_OfAFileThatIsNoIndex_SaysToDeleteIt(string content)
    {
        await File.WriteAllTextAsync(_desk.IndexFile, content, Token);

        var refusal = await Should.ThrowAsync<SluiceException>(() => _desk.OpenAsync());

        refusal.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        refusal.Message.ShouldContain("delete it, and it is built anew");
    }

    [Fact]
    public async Task Open_OfACatalogAsIndex_IsRefused()
    {
        var data = await _desk.OpenAsync(withIndexFile: false);
        await data.Catalog.UpsertAsync(Scope, [Table("invoice")], Token);
        File.Copy(Path.Combine(Path.GetDirectoryName(_desk.IndexFile)!, "catalog.db"), _desk.IndexFile);

        var refusal = await Should.ThrowAsync<SluiceException>(() => _desk.OpenAsync());

        refusal.Code.ShouldBe(ErrorCodes.StoreSchema);
        refusal.Message.ShouldContain("holds a catalog or key-value store of Sluice, not a search index");
    }

    [Fact]
    public async Task Open_WithSettingsButNoProviderOfIndexes_IsOneClearError()
    {
        var refusal = await Should.ThrowAsync<SpecValidationException>(() => _desk.OpenAsync([Table("invoice")], provider: new ScriptedDataProvider("sqlite")));
        refusal.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(error => error.Code.ShouldBe("no_data_provider"), error => error.Path.ShouldBe("catalogSearch"));
    }
}

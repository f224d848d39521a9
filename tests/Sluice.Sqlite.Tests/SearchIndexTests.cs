using Sluice.Data;
using Sluice.Sqlite.Search;

namespace Sluice.Sqlite.Tests;

public sealed class SearchIndexTests : IAsyncLifetime
{
    private static readonly DataScope Scope = new("acme");

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-search-").FullName;
    private SqliteSearchIndex? _index;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "index.db");

    public ValueTask InitializeAsync()
    {
        _index = SqliteSearchIndex.Open(File);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _index!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Find_ByWords_StemsThemAndPutsNamesFirst()
    {
        await PutAsync(Document("a", "order line", content: "customers"), Document("b", "customer"), Document("c", "shipment"));
        (await FindAsync("customers")).ShouldBe(["b", "a"]);
        (await FindAsync("orders", "shipments")).ShouldBe(["c", "a"], ignoreOrder: true);
    }

    [Fact]
    public async Task Put_OfADocumentThatIsThere_ReplacesIt()
    {
        await PutAsync(Document("a", "old"));
        await PutAsync(Document("a", "new") with { Hash = "h2" });
        (await FindAsync("old")).ShouldBeEmpty();
        (await FindAsync("new")).ShouldBe(["a"]);
        (await _index!.ListAsync(Scope, Token).ToListAsync(Token)).ShouldBe([new("a", "h2")]);
    }

    [Fact]
    public async Task Remove_OfDocuments_LeavesNothingToFind()
    {
        await PutAsync(Document("a", "gone"), Document("b", "gone"));
        (await _index!.RemoveAsync(Scope, ["a", "missing"], Token)).ShouldBe(1);
        (await FindAsync("gone")).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Find_FromAnotherScope_FindsNothing()
    {
        await PutAsync(Document("a", "secret"));
        (await _index!.FindAsync(new("other"), new() { Terms = ["secret"] }, Token)).ShouldBeEmpty();
        (await _index.FindAsync(new("acme", "elsewhere"), new() { Terms = ["secret"] }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_WithFilters_KeepsToThem()
    {
        await PutAsync(
            Document("a", "total") with { ItemType = CatalogItemType.Column, DatabaseId = "x", Table = "t" }, Document("b", "total") with { DatabaseId = "y" });
        (await MatchAsync(new() { Terms = ["total"], DatabaseId = "x" })).ShouldBe(["a"]);
        (await MatchAsync(new() { Terms = ["total"], ItemTypes = [CatalogItemType.Table] })).ShouldBe(["b"]);
        (await _index!.FindAsync(Scope, new() { Terms = ["total"], DatabaseId = "x" }, Token)).Single().Table.ShouldBe("t");
    }

    [Theory]
    [InlineData("\" OR name:*")]
    [InlineData("NOT")]
    [InlineData("a\"b")]
    [InlineData("NEAR(a b, 5)")]
    [InlineData("* ( ) : ^ { }")]
    [InlineData("\0")]
    [InlineData("")]
    public async Task Find_OfHostileTerms_IsASearchLikeAnyOther(string term)
    {
        await PutAsync(Document("a", "name"));
        (await FindAsync(term)).Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Index_OpenedAgain_StillFinds()
    {
        await PutAsync(Document("a", "kept"));
        await _index!.DisposeAsync();
        _index = SqliteSearchIndex.Open(File);
        (await FindAsync("kept")).ShouldBe(["a"]);
        Should.Throw<SluiceException>(() => SqliteStorage.Open(File)).Code.ShouldBe(ErrorCodes.StoreSchema);
    }

    private async Task PutAsync(params IReadOnlyList<SearchDocument> documents) => await _index!.PutAsync(Scope, documents, Token);

    private Task<IReadOnlyList<string>> FindAsync(params IReadOnlyList<string> terms) => MatchAsync(new() { Terms = terms });

    private async Task<IReadOnlyList<string>> MatchAsync(SearchIndexQuery query) =>
        [.. (await _index!.FindAsync(Scope, query, Token)).Select(hit => hit.Id)];

    private static SearchDocument Document(string id, string name, string content = "") =>
        new() { Id = id, ItemType = CatalogItemType.Table, EntryName = name, QualifiedName = $"main.{name}", Name = name, Content = content, Hash = "h1" };
}

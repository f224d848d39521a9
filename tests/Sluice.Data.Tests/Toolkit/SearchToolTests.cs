using System.Text.Json;

namespace Sluice.Data.Tests.Toolkit;

public sealed class SearchToolTests
{
    [Fact]
    public async Task Search_WithoutACatalog_FindsWhatTheDatabaseSaysOfItself()
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var result = await desk.CallAsync("search_catalog", new { query = "how many products were orderd?", limit = 2 });

        var found = result.GetProperty("untrustedData");
        found.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("qualifiedName").GetString())
            .ShouldBe(["main.products", "main.orders"], ignoreOrder: true);
        var products = found.GetProperty("candidates").EnumerateArray().Single(candidate => candidate.GetProperty("qualifiedName").GetString() == "main.products");
        products.GetProperty("kind").GetString().ShouldBe("table");
        products.GetProperty("why")[0].GetString().ShouldBe("name: products");
        var related = found.GetProperty("related").EnumerateArray().First(neighbour => neighbour.GetProperty("table").GetString() == "main.order_items");
        related.GetProperty("on")[0].GetString().ShouldStartWith("main.order_items.");
        result.GetProperty("note").GetString().ShouldContain("not instructions");
    }

    [Fact]
    public async Task Search_OfEntries_ShowsThemInShort()
    {
        var entry = Metric("revenue", new string('x', 500));
        await using var desk = await CatalogDesk.OpenAsync(entries: [entry]);

        var candidate = (await desk.CallAsync("search_catalog", new { query = "revenue", kinds = new[] { "metric" } })).GetProperty("untrustedData").GetProperty("candidates")[0];

        candidate.GetProperty("id").GetString().ShouldBe("m-revenue");
        candidate.GetProperty("description").GetString()!.Length.ShouldBe(201);
        candidate.GetProperty("score").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Search_ReadOnWithTheCursor_ShowsTheRest()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [.. Enumerable.Range(0, 5).Select(number => Metric($"revenue_{number}", ""))]);
        var first = await desk.CallAsync("search_catalog", new { query = "revenue", kinds = new[] { "metric" }, limit = 3 });
        var rest = await desk.CallAsync("search_catalog", new { query = "revenue", kinds = new[] { "metric" }, cursor = first.GetProperty("nextCursor").GetString() });

        string[] ids = [.. new[] { first, rest }.SelectMany(page => page.GetProperty("untrustedData").GetProperty("candidates").EnumerateArray()).Select(hit => hit.GetProperty("id").GetString()!)];
        ids.ShouldBe([.. Enumerable.Range(0, 5).Select(number => $"m-revenue_{number}")]);
        rest.TryGetProperty("nextCursor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Search_ThatFindsNothing_SaysWhatToDo()
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var result = await desk.CallAsync("search_catalog", new { query = "revenue", kinds = new[] { "metric" }, databaseId = "shop" });

        result.GetProperty("hint").GetString().ShouldBe("Nothing was found. Search again without kinds and databaseId, or with other words.");
        result.GetProperty("untrustedData").GetProperty("candidates").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"query": "x", "limit": 51}""")]
    [InlineData("""{"query": "x", "limit": 0}""")]
    [InlineData("""{"query": ""}""")]
    [InlineData("""{"query": "   "}""")]
    [InlineData("""{"query": "x", "cursor": "none"}""")]
    [InlineData("""{"query": "x", "kinds": ["tables"]}""")]
    [InlineData("""{"kinds": ["table"]}""")]
    public async Task Search_WithWrongArguments_IsRefused(string arguments)
    {
        await using var desk = await CatalogDesk.OpenAsync();
        (await desk.FailAsync("search_catalog", JsonElement.Parse(arguments))).Code.ShouldBe(ErrorCodes.InvalidArguments);
    }

    private static CatalogEntry Metric(string name, string content) =>
        new() { Id = $"m-{name}", ItemType = CatalogItemType.Metric, Name = name, QualifiedName = $"metrics.{name}", Content = content };
}

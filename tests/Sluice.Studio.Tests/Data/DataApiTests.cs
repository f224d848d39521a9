using System.Net;
using System.Text.Json;

namespace Sluice.Studio.Tests.Data;

public sealed class DataApiTests
{
    private const string Data = "/api/workspaces/north/data";

    [Fact]
    public async Task Database_ThatWasProfiled_IsToldFromEverySide()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);
        (await studio.GetAsync($"{Data}/schema")).GetProperty("items")[0].GetProperty("isCatalogued").GetBoolean().ShouldBeFalse();

        var progress = await RunJobAsync(studio, "profile", new { databaseId = "shop" });

        progress[0].Type.ShouldBe("profiling_started");
        progress[^1].Type.ShouldBe("completed");
        progress.Select(frame => frame.Id).ShouldBe(Enumerable.Range(1, progress.Count).Select(number => (long?)number));
        var sources = await studio.GetAsync($"{Data}/sources");
        sources.GetProperty("database").GetString().ShouldBe("sqlite");
        sources.GetProperty("databaseIds")[0].GetString().ShouldBe("shop");
        sources.GetProperty("entries").GetProperty("table").GetInt32().ShouldBe(3);
        var table = await studio.GetAsync($"{Data}/schema/customers");
        table.GetProperty("table").GetProperty("rowCount").GetInt64().ShouldBe(3);
        table.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).ShouldBe(["id", "name", "email"]);
        table.GetProperty("columns")[2].GetProperty("profile").GetProperty("nullCount").GetInt64().ShouldBe(1);
        (await studio.GetAsync($"{Data}/relations?table=orders"))[0].GetProperty("to").GetString().ShouldBe("main.customers");
        (await studio.GetAsync($"{Data}/search?text=customers&kind=table")).GetProperty("candidates").GetArrayLength().ShouldBeGreaterThan(0);
        var id = (await studio.GetAsync($"{Data}/search?text=customers")).GetProperty("candidates")[0].GetProperty("entry").GetProperty("id").GetString();
        (await studio.GetAsync($"{Data}/entities?id={Uri.EscapeDataString(id!)}&id=nothing")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Tables_OfADatabase_ComeInPagesAndByName()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        var first = await studio.GetAsync($"{Data}/schema?limit=2");
        var second = await studio.GetAsync($"{Data}/schema?limit=2&cursor={first.GetProperty("nextCursor").GetString()}");

        NamesOf(first).ShouldBe(["main.customers", "main.open_orders"]);
        NamesOf(second).ShouldBe(["main.orders"]);
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
        first.GetProperty("total").GetInt32().ShouldBe(3);
        second.GetProperty("total").GetInt32().ShouldBe(3);
        var open = await studio.GetAsync($"{Data}/schema?filter=OPEN&limit=1");
        NamesOf(open).ShouldBe(["main.open_orders"]);
        open.GetProperty("total").GetInt32().ShouldBe(1);
        (await studio.GetAsync($"{Data}/schema/custmers", HttpStatusCode.NotFound)).GetProperty("detail").GetString()!.ShouldContain("main.customers");
    }

    [Fact]
    public async Task Query_ThatReads_ReturnsColumnsAndRows()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        var result = await studio.PostAsync($"{Data}/query", new { sql = "SELECT name, id FROM customers WHERE id >= @least ORDER BY id", @params = new { least = 2 }, maxRows = 1 });

        result.GetProperty("columns")[0].GetProperty("name").GetString().ShouldBe("name");
        result.GetProperty("rows").GetRawText().ShouldBe("""[["Bob",2]]""");
        result.GetProperty("truncatedBy").GetString().ShouldBe("rows");
        result.GetProperty("queryHash").GetString()!.Length.ShouldBe(16);
    }

    [Theory]
    [InlineData("DELETE FROM customers", "query_refused", HttpStatusCode.UnprocessableEntity)]
    [InlineData("SELECT 1; DROP TABLE customers", "query_refused", HttpStatusCode.UnprocessableEntity)]
    [InlineData("SELECT nme FROM customers", "query_failed", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", "invalid_request", HttpStatusCode.BadRequest)]
    public async Task Query_ThatIsNoneOrDoesMore_IsRefusedAsTheGuardSays(string sql, string code, HttpStatusCode status)
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        (await studio.PostAsync($"{Data}/query", new { sql }, status)).GetProperty("code").GetString().ShouldBe(code);

        var left = await studio.PostAsync($"{Data}/query", new { sql = "SELECT count(*) FROM customers" });
        left.GetProperty("rows").GetRawText().ShouldBe("[[3]]");
    }

    /// <summary>What a query may cost is bounded by the engine, whatever it asks for.</summary>
    [Fact]
    public async Task Query_ThatAsksForTooMuch_IsCutOffOrStopped()
    {
        const string Numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)";
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        var rows = await studio.PostAsync($"{Data}/query", new { sql = $"{Numbers} SELECT n FROM numbers", maxRows = 10_000 });
        var bytes = await studio.PostAsync($"{Data}/query", new { sql = $"{Numbers} SELECT @text || n FROM numbers", @params = new { text = new string('x', 50_000) }, maxRows = 10_000 });
        var endless = await studio.PostAsync($"{Data}/query", new { sql = $"{Numbers} SELECT max(n) FROM numbers", timeoutSeconds = 1 }, HttpStatusCode.UnprocessableEntity);

        (rows.GetProperty("rowCount").GetInt32(), rows.GetProperty("truncatedBy").GetString()).ShouldBe((10_000, "rows"));
        bytes.GetProperty("truncatedBy").GetString().ShouldBe("bytes");
        bytes.GetRawText().Length.ShouldBeLessThan(9 * 1024 * 1024);
        endless.GetProperty("code").GetString().ShouldBe("query_timeout");
    }

    [Fact]
    public async Task Sample_OfATable_ShowsTheKindOfPersonalData()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        var sample = await studio.GetAsync($"{Data}/sample?table=customers&limit=3");

        sample.GetProperty("masked").EnumerateArray().Select(column => column.GetString()).ShouldContain("email");
        sample.GetRawText().ShouldNotContain("ann@acme.example");
        await studio.GetAsync($"{Data}/sample?table=nothing", HttpStatusCode.NotFound);
        await studio.GetAsync($"{Data}/sample?table=customers&limit=1000", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Documents_OfAFolder_AreReadAsAJobAndExportedWithTheCatalog()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);
        var folder = Directory.CreateDirectory(Path.Combine(shop.Folder, "documents")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "returns.md"), "# Returns\n\nOrders may be returned for 30 days.\n", StudioHost.Token);

        var progress = await RunJobAsync(studio, "ingest", new { directory = folder, databaseId = "shop" });

        progress.Select(frame => frame.Type).ShouldContain("document_ingested");
        using var client = studio.Client();
        using var exported = await client.GetAsync($"{Data}/catalog", StudioHost.Token);
        exported.Content.Headers.ContentDisposition!.FileName.ShouldBe("catalog.jsonl");
        var lines = (await exported.Content.ReadAsStringAsync(StudioHost.Token)).Split('\n');
        lines[0].ShouldContain("sluice-catalog");
        lines.ShouldContain(line => line.Contains("Returns", StringComparison.Ordinal));
        (await studio.PostAsync($"{Data}/ingest", new { directory = Path.Combine(folder, "nothing"), databaseId = "shop" }, HttpStatusCode.UnprocessableEntity))
            .GetProperty("code").GetString().ShouldBe("invalid_options");
    }

    [Fact]
    public async Task Job_ThatFails_SaysWhyToWhoeverComesLater()
    {
        await using var shop = await ShopData.OpenAsync();
        await using var studio = await StudioHost.StartAsync(shop.App);

        var job = (await studio.PostAsync($"{Data}/profile", new { tables = new[] { "nothing" } }, HttpStatusCode.Accepted)).GetProperty("id").GetString();
        await using var events = await EventReader.OpenAsync(studio, $"/api/workspaces/north/jobs/{job}/progress");
        await events.UntilAsync(frame => frame.Name == "end");

        var ended = await studio.GetAsync($"/api/workspaces/north/jobs/{job}");
        ended.GetProperty("state").GetString().ShouldBe("failed");
        ended.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("nothing");
        (await studio.PostAsync($"/api/workspaces/north/jobs/{job}/cancel", null)).GetProperty("state").GetString().ShouldBe("failed");
        await studio.GetAsync($"/api/workspaces/south/jobs/{job}", HttpStatusCode.NotFound);
        await studio.GetAsync("/api/workspaces/north/jobs/none/progress", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/sources")]
    [InlineData("/schema")]
    [InlineData("/schema/customers")]
    [InlineData("/search?text=x")]
    [InlineData("/entities?id=x")]
    [InlineData("/relations")]
    [InlineData("/sample?table=x")]
    [InlineData("/catalog")]
    public async Task Data_OfAWorkspaceWithoutAny_AreNotFound(string path)
    {
        await using var studio = await StudioHost.StartAsync();

        (await studio.GetAsync($"{Data}{path}", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("not_found");
    }

    private static async Task<IReadOnlyList<Frame>> RunJobAsync(StudioHost studio, string kind, object body)
    {
        var job = (await studio.PostAsync($"{Data}/{kind}", body, HttpStatusCode.Accepted)).GetProperty("id").GetString();
        await using var events = await EventReader.OpenAsync(studio, $"/api/workspaces/north/jobs/{job}/progress");
        var progress = await events.ReadToEndAsync();
        await using var late = await EventReader.OpenAsync(studio, $"/api/workspaces/north/jobs/{job}/progress", lastEventId: 1);
        (await late.ReadToEndAsync()).ShouldBe(progress.Skip(1));
        (await studio.GetAsync($"/api/workspaces/north/jobs/{job}")).GetProperty("state").GetString().ShouldBe("completed");
        return progress;
    }

    private static IEnumerable<string?> NamesOf(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(table => table.GetProperty("qualifiedName").GetString());
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Data.Enrichment;
using Sluice.Data.Tests.Profiling;
using Sluice.Testing;

namespace Sluice.Data.Tests.Enrichment;

public sealed class EnrichmentTests : IDisposable
{
    private readonly SqliteFile _file = new(
        """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, note TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), status TEXT, price NUMERIC, placed_on TEXT);
        INSERT INTO customers SELECT value, 'person' || value || '@example.com', 'A private note of number ' || value FROM generate_series(1, 200);
        INSERT INTO orders SELECT value, 1 + value % 200, CASE value % 3 WHEN 0 THEN 'open' ELSE 'returned' END, value, '2024-01-02' FROM generate_series(1, 300);
        """.Replace("generate_series(1, 200)", Series(200), StringComparison.Ordinal).Replace("generate_series(1, 300)", Series(300), StringComparison.Ordinal));

    [Fact]
    public async Task Table_Described_HasTheModelsWordsWhereNobodyElseSaidAny()
    {
        await using var desk = await OpenAsync();
        var authored = await desk.EntryAsync("main.orders.status") with { Content = "By a person.", Tags = ["state"] };
        await desk.Data.Catalog.UpsertAsync(ProfilingDesk.Scope, [authored], default);
        using var model = Model(Orders);

        var events = await RunAsync(desk, model);

        events.OfType<TableEnrichedEvent>().Single(table => table.Table == "main.orders").ShouldSatisfyAllConditions(
            table => (table.Columns, table.Metrics).ShouldBe((2, 1)),
            table => table.Dropped.Select(dropped => dropped.Name).ShouldBe(["broken", "other", "two", "nothing"]),
            table => table.Usage.TotalTokens.ShouldBe(30));
        var table = await desk.EntryAsync("main.orders");
        (table.Content, string.Join(',', table.Tags)).ShouldBe(("Orders of customers.", "purchases,sales"));
        Written(table).GetProperty("source").GetString().ShouldBe("model");
        Written(table).GetProperty("model").GetString().ShouldBe("test-model");
        Written(table).GetProperty("grain").GetString().ShouldBe("One row per order.");
        var price = await desk.EntryAsync("main.orders.price");
        (price.Content, Written(price).GetProperty("unit").GetString()).ShouldBe(("What was paid.", "EUR"));
        var status = await desk.EntryAsync("main.orders.status");
        (status.Content, string.Join(',', status.Tags), Written(status).GetProperty("description").GetString()).ShouldBe(("By a person.", "state", "Where it stands."));
        var metric = (await desk.EntriesAsync(CatalogItemType.Metric)).Single();
        (metric.Id, metric.QualifiedName, metric.Content, metric.Metadata.Extra["expression"].GetString()).ShouldBe(
            ("metric:db:main.orders:revenue", "main.orders:revenue", "What was earned.", "SUM(price) FILTER (WHERE status <> 'returned')"));
    }

    [Fact]
    public async Task Profile_MadeAgain_KeepsWhatTheModelWrote()
    {
        await using var desk = await OpenAsync();
        using var model = Model(Orders);
        await RunAsync(desk, model);
        var before = await TextsAsync(desk);

        await desk.RunAsync(new() { DatabaseId = "db", Force = true });

        (await TextsAsync(desk)).ShouldBe(before);
        (await RunAsync(desk, model)).OfType<EnrichmentSkippedEvent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Questions_HoldStatistics_AndNoValuesOfPersonsOrRows()
    {
        await using var desk = await OpenAsync();
        using var model = Model(Orders);
        await RunAsync(desk, model);

        var questions = model.Requests.Select(request => request.Messages[1].Text).ToArray();

        var orders = JsonElement.Parse(questions.Single(question => question.Contains("\"main.orders\"", StringComparison.Ordinal))).GetProperty("untrustedData");
        orders.GetProperty("relations").EnumerateArray().Select(relation => relation.GetString()).ShouldContain("(customer_id) refers to main.customers(id), declared");
        var columns = orders.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("statistics"));
        columns["status"].GetProperty("topValues").GetRawText().ShouldBe("""["returned","open"]""");
        (columns["price"].GetProperty("max").GetInt32(), columns["placed_on"].GetProperty("max").GetString()).ShouldBe((300, "2024-01-02"));
        var customers = questions.Single(question => question.Contains("\"main.customers\"", StringComparison.Ordinal));
        customers.ShouldContain("\"personalData\":\"email\"");
        customers.ShouldNotContain("example.com");
        customers.ShouldNotContain("private note");
    }

    [Fact]
    public async Task Tables_DescribedByThisModelFromThisProfile_AreSkipped()
    {
        await using var desk = await OpenAsync();
        using var model = Model(Orders);
        await RunAsync(desk, model);
        _file.Run("INSERT INTO orders (id, status) VALUES (1000, 'lost')");
        await desk.RunAsync();

        Lines(await RunAsync(desk, model)).ShouldBe(["main.customers unchanged", "main.orders"]);
        Lines(await RunAsync(desk, model, options => new() { DatabaseId = "db", Client = model, Model = "another", Tables = options.Tables })).ShouldBe(["main.customers", "main.orders"]);
        Lines(await RunAsync(desk, model, options => new() { DatabaseId = "db", Client = model, Model = "another", Force = true, Tables = ["ORDERS"] })).ShouldBe(["main.orders"]);
    }

    [Fact]
    public async Task Metrics_ProposedNoMore_AreRemoved_AndThoseOfPeopleStay()
    {
        await using var desk = await OpenAsync();
        using var first = Model(Orders);
        await RunAsync(desk, first);
        var authored = (await desk.EntriesAsync(CatalogItemType.Metric)).Single() with
        {
            Id = "metric:db:main.orders:margin",
            Name = "margin",
            QualifiedName = "margin",
            Metadata = new() { DatabaseId = "db", SchemaName = "main", TableName = "orders" },
        };
        await desk.Data.Catalog.UpsertAsync(ProfilingDesk.Scope, [authored], default);
        using var second = Model(Proposal("Orders.", [], [Metric("margin", "SUM(price)")]));

        var events = await RunAsync(desk, second, _ => new() { DatabaseId = "db", Client = second, Model = "another" });

        (await desk.EntriesAsync(CatalogItemType.Metric)).Single().Content.ShouldBe(authored.Content);
        events.OfType<TableEnrichedEvent>().Single(table => table.Table == "main.orders").Dropped.Single().Reason.ShouldContain("somebody else");
    }

    [Fact]
    public async Task Tables_WithoutAUsableAnswer_AreReported_AndTheOthersGoOn()
    {
        await using var desk = await OpenAsync();
        using var model = new FunctionChatClient((messages, _, _) => messages[1].Text.Contains("\"main.customers\"", StringComparison.Ordinal)
            ? Reply(new ErrorContent("No.")) : Reply(new TextContent(Orders)));

        var events = await RunAsync(desk, model);

        var failed = events.OfType<EnrichmentFailedEvent>().Single();
        (failed.Table, failed.Error.Code, failed.Usage.TotalTokens).ShouldBe(("main.customers", ErrorCodes.ModelRefused, 30L));
        events[^1].ShouldBeOfType<EnrichmentCompletedEvent>().ShouldSatisfyAllConditions(
            completed => (completed.Enriched, completed.Failed, completed.Metrics).ShouldBe((1, 1, 1)), completed => completed.Usage.TotalTokens.ShouldBe(60));
        (await desk.EntryAsync("main.customers")).Content.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_ThatIsStopped_GoesOnWhereItStopped()
    {
        await using var desk = await OpenAsync();
        using var model = Model(Orders);
        var options = new EnrichmentOptions { DatabaseId = "db", Client = model, Concurrency = 1 };
        await foreach (var happened in desk.Data.EnrichAsync(ProfilingDesk.Scope, options))
            if (happened is TableEnrichedEvent) break;

        var events = await RunAsync(desk, model, _ => options);

        Lines(events).ShouldBe(["main.customers unchanged", "main.orders"]);
        model.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Budget_ThatIsUsed_BeginsNoFurtherTable()
    {
        await using var desk = await OpenAsync();
        using var model = Model(Orders);

        var events = await RunAsync(desk, model, _ => new() { DatabaseId = "db", Client = model, Concurrency = 1, MaxTokens = 30 });

        Lines(events).ShouldBe(["main.customers", "main.orders budget"]);
        model.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Key_ThatIsRefused_EndsTheRun()
    {
        await using var desk = await OpenAsync();
        using var model = new FunctionChatClient((_, _, _) => throw new ProviderException(ErrorCodes.ProviderAuth, "The key is refused."));

        (await Should.ThrowAsync<ProviderException>(async () => await RunAsync(desk, model))).Code.ShouldBe(ErrorCodes.ProviderAuth);
    }

    [Fact]
    public async Task Table_OfManyColumns_IsAskedAboutInSeveralCalls()
    {
        _file.Run($"CREATE TABLE wide ({string.Join(", ", Enumerable.Range(1, 130).Select(n => $"c{n} INTEGER"))})");
        await using var desk = await OpenAsync();
        using var model = new FunctionChatClient((messages, _, _) =>
        {
            var names = JsonElement.Parse(messages[1].Text).GetProperty("untrustedData").GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
            return Reply(new TextContent(Proposal("Wide.", [.. names.Select(name => Column(name, $"Is {name}."))], [])));
        });

        var events = await RunAsync(desk, model, _ => new() { DatabaseId = "db", Client = model, Tables = ["wide"] });

        model.Requests.Count.ShouldBe(3);
        events.OfType<TableEnrichedEvent>().Single().Columns.ShouldBe(130);
        (await desk.EntryAsync("main.wide.c130")).Content.ShouldBe("Is c130.");
    }

    [Fact]
    public async Task Estimate_SaysTokensAndCost_AndAsksNobody()
    {
        await using var desk = await OpenAsync();
        var options = new EnrichmentOptions { DatabaseId = "db", InputPricePerMillion = 3, OutputPricePerMillion = 15 };

        var estimate = await desk.Data.EstimateEnrichmentAsync(ProfilingDesk.Scope, options);

        (estimate.Tables, estimate.Calls, estimate.Skipped).ShouldBe((2, 2, 0));
        estimate.InputTokens.ShouldBeInRange(1000, 5000);
        estimate.OutputTokens.ShouldBe((2 * 250) + (8 * 45));
        estimate.ExpectedTime.ShouldBe(TimeSpan.FromSeconds((4 + 17) / 2));
        estimate.Cost.ShouldBe(((estimate.InputTokens * 3m) + (estimate.OutputTokens * 15m)) / 1_000_000);
        (await desk.Data.EstimateEnrichmentAsync(ProfilingDesk.Scope, new() { DatabaseId = "db", InputPricePerMillion = 3 })).Cost.ShouldBeNull();
        using var model = Model(Orders);
        await RunAsync(desk, model);
        (await desk.Data.EstimateEnrichmentAsync(ProfilingDesk.Scope, options)).Skipped.ShouldBe(2);
    }

    [Fact]
    public async Task Options_WithProblems_AreRefusedTogether()
    {
        await using var desk = await OpenAsync();
        var options = new EnrichmentOptions { DatabaseId = " ", Concurrency = 0, MaxTokens = 0, InputPricePerMillion = -1, OutputPricePerMillion = -1 };

        var error = Should.Throw<SpecValidationException>(() => desk.Data.EnrichAsync(ProfilingDesk.Scope, options));

        error.Errors.Select(problem => problem.Path).ShouldBe(["databaseId", "client", "concurrency", "maxTokens", "inputPricePerMillion", "outputPricePerMillion"]);
        (await Should.ThrowAsync<SpecValidationException>(() => desk.Data.EstimateEnrichmentAsync(ProfilingDesk.Scope, new() { DatabaseId = "db", Tables = ["oders", "nothing"] })))
            .Message.ShouldContain("did you mean \"orders\"?");
        (await Should.ThrowAsync<SpecValidationException>(() => desk.Data.EstimateEnrichmentAsync(ProfilingDesk.Scope, new() { DatabaseId = "other" })))
            .Message.ShouldContain("Profile it first");
    }

    public void Dispose() => _file.Dispose();

    private static string Orders { get; } = Proposal(
        "Orders of customers.", [Column("PRICE", "What was paid.", "EUR"), Column("status", "Where it stands."), Column("nothing", "Is not there.")],
        [
            Metric("revenue", "SUM(price) FILTER (WHERE status <> 'returned')", "What was earned."), Metric("broken", "SUM(prise)"),
            Metric("other", "1) FROM customers --"), Metric("two", "1, 2"),
        ]);

    private static string Series(int count) => $"(WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < {count}) SELECT value FROM s)";

    private static string Proposal(string description, object[] columns, object[] metrics) =>
        JsonSerializer.Serialize(new { description, synonyms = new[] { "purchases", "ORDERS", "sales" }, grain = "One row per order.", columns, metrics });

    private static object Column(string name, string description, string? unit = null) => new { name, description, synonyms = Array.Empty<string>(), unit };

    private static object Metric(string name, string expression, string description = "A figure.") => new { name, description, expression, unit = (string?)null };

    private static FunctionChatClient Model(string answer) => new((_, _, _) => Reply(new TextContent(answer)));

    private static async IAsyncEnumerable<ChatResponseUpdate> Reply(AIContent content)
    {
        await Task.CompletedTask;
        yield return new(ChatRole.Assistant, [content, new UsageContent(new() { InputTokenCount = 10, OutputTokenCount = 20 })]) { ModelId = "test-model" };
    }

    private async Task<ProfilingDesk> OpenAsync()
    {
        var desk = await ProfilingDesk.OpenAsync(_file.Name);
        await desk.RunAsync();
        return desk;
    }

    private static async Task<List<EnrichmentEvent>> RunAsync(ProfilingDesk desk, IChatClient model, Func<EnrichmentOptions, EnrichmentOptions>? change = null)
    {
        var options = new EnrichmentOptions { DatabaseId = "db", Client = model };
        return await desk.Data.EnrichAsync(ProfilingDesk.Scope, change?.Invoke(options) ?? options).ToListAsync();
    }

    private static string[] Lines(IEnumerable<EnrichmentEvent> events) =>
    [
        .. events.Select(happened => happened switch
        {
            TableEnrichedEvent enriched => enriched.Table,
            EnrichmentSkippedEvent skipped => $"{skipped.Table} {skipped.Reason}",
            EnrichmentFailedEvent failed => $"{failed.Table} {failed.Error}",
            _ => "",
        }).Where(line => line.Length > 0).Order(StringComparer.Ordinal),
    ];

    private static JsonElement Written(CatalogEntry entry) => entry.Metadata.Extra["enrichment"];

    private static async Task<string> TextsAsync(ProfilingDesk desk) => string.Join('\n', (await desk.EntriesAsync()).Select(entry =>
        $"{entry.Id} {entry.Content} {string.Join(',', entry.Tags)} {entry.Metadata.Extra.GetValueOrDefault("enrichment")}"));
}

using System.Text.Json;
using Sluice.Data.Knowledge;
using Sluice.Json;

namespace Sluice.Data.Tests.Knowledge;

public sealed class IngestionTests
{
    [Fact]
    public async Task Documents_IngestedFirst_AreTold_AndHaveEntriesAndBodies()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        desk.Write("notes/stock levels.txt", "Stock is counted on Mondays.");
        desk.Write("notes/picture.png", "no document");

        var events = await desk.IngestAsync();

        events.Select(Line).ShouldBe(
        [
            """{"type":"ingestion_started","files":2}""",
            """{"type":"document_ingested","path":"notes/stock levels.txt","id":"document:shop:notes/stock levels.txt","change":"new","parts":0,"statements":0,"bytes":28}""",
            """{"type":"document_ingested","path":"returns.md","id":"document:shop:returns.md","change":"new","parts":0,"statements":0,"bytes":83}""",
            """{"type":"completed","scanned":2,"new":2,"changed":0,"unchanged":0,"skipped":0,"errors":0,"removed":0,"statements":0,"droppedStatements":0,"usage":"""
            + """{"inputTokens":0,"outputTokens":0,"cacheReadTokens":0,"cacheWriteTokens":0,"reasoningTokens":0,"totalTokens":0},"missingTargets":[]}""",
        ]);
        var entry = await desk.EntryAsync("document:shop:returns.md");
        (entry.Name, entry.QualifiedName, entry.Content, entry.Metadata.DatabaseId).ShouldBe(("Returns", "returns.md", Texts.Returns.TrimEnd(), "shop"));
        entry.Related.ShouldBe([new("column:main.orders.status", "applies_to"), new("table:main.orders", "applies_to")]);
        (await desk.BodiesAsync())[$"document/{entry.Metadata.DocumentId}"].ShouldBe(Texts.Returns);
    }

    [Fact]
    public async Task Documents_IngestedAgain_AreUnchangedAndNothingIsWritten()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("handbook.md", Texts.Handbook);
        desk.Write("returns.md", Texts.Returns);
        await desk.IngestAsync();
        desk.Stores.Reset();

        var events = await desk.IngestAsync();

        events.OfType<DocumentUnchangedEvent>().Select(unchanged => unchanged.Path).ShouldBe(["handbook.md", "returns.md"]);
        Completed(events).Unchanged.ShouldBe(2);
        desk.Stores.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task SameDocuments_InTwoCatalogs_HaveTheSameEntries()
    {
        async Task<string> IngestAsync()
        {
            await using var desk = await KnowledgeDesk.OpenAsync();
            desk.Write("handbook.md", Texts.Handbook);
            desk.Write("returns.md", Texts.Returns);
            await desk.IngestAsync();
            return JsonSerializer.Serialize(await desk.EntriesAsync(), SluiceJson.Options);
        }

        (await IngestAsync()).ShouldBe(await IngestAsync());
    }

    [Fact]
    public async Task Document_WithAnotherText_ReplacesTheEarlierOneWithItsPartsAndBody()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("handbook.md", Texts.Handbook);
        await desk.IngestAsync();
        (await desk.EntriesAsync()).Count.ShouldBeGreaterThan(3);
        desk.Write("handbook.md", "Short now.");

        var events = await desk.IngestAsync();

        events.OfType<DocumentIngestedEvent>().Single().Change.ShouldBe(DocumentChange.Changed);
        (await desk.EntriesAsync()).Single().Content.ShouldBe("Short now.");
        (await desk.BodiesAsync()).Values.ShouldBe(["Short now."]);
    }

    [Fact]
    public async Task Document_OfTablesThatAreProfiledLater_IsRelatedToTheirEntries()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        desk.Write("other.md", "Nothing about data.");
        await desk.IngestAsync();
        var orders = new CatalogEntry
        {
            Id = "table:shop:main.orders",
            ItemType = CatalogItemType.Table,
            Name = "orders",
            QualifiedName = "main.orders",
            Metadata = new() { DatabaseId = "shop", SchemaName = "main", TableName = "orders" },
        };
        await desk.Stores.UpsertAsync(KnowledgeDesk.Scope, [orders], default);

        var events = await desk.IngestAsync();

        (Completed(events).Changed, Completed(events).Unchanged).ShouldBe((1, 1));
        (await desk.EntryAsync("document:shop:returns.md")).Related.Select(other => other.Id).ShouldBe(["column:main.orders.status", "table:shop:main.orders"]);
    }

    [Fact]
    public async Task Document_WhoseFileIsGone_IsReportedAndKeptUntilItMayBeRemoved()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("handbook.md", Texts.Handbook);
        desk.Write("returns.md", Texts.Returns);
        await desk.IngestAsync();
        desk.Delete("handbook.md");

        var reported = await desk.IngestAsync();
        var kept = await desk.EntriesAsync();
        var removed = await desk.IngestAsync(removeMissing: true);

        reported.OfType<DocumentRemovedEvent>().Single().ShouldBe(new() { Path = "handbook.md", Id = "document:shop:handbook.md", IsDeleted = false });
        kept.Count.ShouldBeGreaterThan(3);
        removed.OfType<DocumentRemovedEvent>().Single().IsDeleted.ShouldBeTrue();
        (await desk.EntriesAsync()).Single().Id.ShouldBe("document:shop:returns.md");
        (await desk.BodiesAsync()).Count.ShouldBe(1);
        Completed(await desk.IngestAsync()).Removed.ShouldBe(0);
    }

    [Fact]
    public async Task RemoveMissing_OnlyJudgesWhatTheRunLookedFor()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        desk.Write("notes.txt", "Notes.");
        await desk.IngestAsync();
        var authored = new CatalogEntry
        {
            Id = "d1",
            ItemType = CatalogItemType.Document,
            Name = "By hand",
            QualifiedName = "by hand",
            Metadata = new() { DatabaseId = "shop" },
        };
        await desk.Stores.UpsertAsync(KnowledgeDesk.Scope, [authored, authored with { Id = "d2", Metadata = new() { DatabaseId = "other" } }], default);
        desk.Delete("notes.txt");

        var events = await desk.IngestAsync(new() { DatabaseId = "shop", SourceDirectory = desk.Folder, Extensions = [".MD"], RemoveMissing = true });

        Completed(events).Removed.ShouldBe(0);
        (await desk.EntriesAsync()).Select(entry => entry.Id).ShouldBe(["d1", "d2", "document:shop:notes.txt", "document:shop:returns.md"], ignoreOrder: true);
    }

    [Fact]
    public async Task Document_ThatIsEmptyNow_IsNoDocumentAnyMore()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        desk.Write("other.md", "Other.");
        await desk.IngestAsync();
        desk.Write("returns.md", " \n");

        var events = await desk.IngestAsync(removeMissing: true);

        events.OfType<DocumentSkippedEvent>().Single().Path.ShouldBe("returns.md");
        (await desk.EntriesAsync()).Single().Id.ShouldBe("document:shop:other.md");
    }

    [Fact]
    public async Task Targets_OfOptionsAndFrontMatter_AreRelated_AndThoseThatDoNotExistAreListed()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("a.md", "---\napplies_to: [customers.email, main.custmers]\n---\nText.");

        var events = await desk.IngestAsync(targets: ["PRODUCTS", "table:main.notes", "main.orders.sttus", "quite other"]);

        (await desk.EntryAsync("document:shop:a.md")).Related.Select(other => other.Id).ShouldBe(["column:main.customers.email", "table:main.notes", "table:main.products"]);
        Completed(events).MissingTargets.Select(missing => (missing.Path, missing.Name, string.Join(',', missing.Nearest))).ShouldBe(
            [(null, "main.orders.sttus", "main.orders.status"), (null, "quite other", ""), ("a.md", "main.custmers", "main.customers")]);
    }

    [Fact]
    public async Task Scopes_DoNotSeeEachOthersDocuments()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        await desk.IngestAsync();

        var options = new IngestionOptions { DatabaseId = "shop", SourceDirectory = desk.Folder, RemoveMissing = true };
        var other = new DataScope("other");
        (await desk.Data.IngestKnowledgeAsync(other, options).ToListAsync()).OfType<DocumentIngestedEvent>().Single().Change.ShouldBe(DocumentChange.New);
        desk.Write("more.md", "More.");
        desk.Delete("returns.md");
        await desk.Data.IngestKnowledgeAsync(other, options).ToListAsync();

        (await desk.EntriesAsync()).Single().QualifiedName.ShouldBe("returns.md");
    }

    private static IngestionCompletedEvent Completed(List<IngestionEvent> events) => events[^1].ShouldBeOfType<IngestionCompletedEvent>();

    private static string Line(IngestionEvent happened) => JsonSerializer.Serialize(happened, SluiceJson.Options);
}

using Sluice.Data.Knowledge;
using Sluice.Data.Tests.Profiling;

namespace Sluice.Data.Tests.Knowledge;

/// <summary>Documents over a real database with a real profile.</summary>
public sealed class ProfiledKnowledgeTests
{
    [Fact]
    public async Task Documents_OverAProfiledDatabase_AreRelatedToItsProfile_AndTheProfileKeepsNoneOfThem()
    {
        using var file = new SqliteFile("CREATE TABLE orders (id INTEGER PRIMARY KEY, status TEXT); INSERT INTO orders VALUES (1, 'open'), (2, 'returned')");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var profile = await desk.EntriesAsync();
        var folder = Directory.CreateTempSubdirectory("sluice-knowledge-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "returns.md"), Texts.Returns);
            var options = new IngestionOptions { DatabaseId = "db", SourceDirectory = folder.FullName };
            await desk.Data.IngestKnowledgeAsync(ProfilingDesk.Scope, options).ToListAsync();

            var document = (await desk.EntriesAsync(CatalogItemType.Document)).Single();
            document.Related.Select(other => other.Id).ShouldBe(["column:db:main.orders.status", "table:db:main.orders"]);
            document.Related.Select(other => other.Id).ShouldBeSubsetOf(profile.Select(entry => entry.Id));

            await desk.RunAsync(new() { DatabaseId = "db", Force = true });
            (await desk.Data.IngestKnowledgeAsync(ProfilingDesk.Scope, options).ToListAsync())[^1].ShouldBeOfType<IngestionCompletedEvent>().Unchanged.ShouldBe(1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

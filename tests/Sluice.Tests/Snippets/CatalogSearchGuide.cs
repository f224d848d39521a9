using Microsoft.Extensions.AI;
using Sluice.Data;
using Sluice.Data.Search;

namespace Sluice.Tests.Snippets;

internal static class CatalogSearchGuide
{
    public static async Task<bool> OpenAsync(DataEnvironment environment, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        // snippet: catalog-search-embeddings
        await using var data = await environment.OpenAsync([new SqliteDataProvider()], new() { EmbeddingGenerator = generator });
        // end

        return data.Search is not null;
    }

    public static async Task BuildAsync(OpenDataEnvironment data, TextWriter console)
    {
        // snippet: catalog-search-index
        var scope = new DataScope("acme");
        await foreach (var step in data.Search!.RebuildAsync(scope))
        {
            if (step is SearchIndexProgressEvent progress) console.WriteLine($"{progress.Done} of {progress.Entries}");
        }

        var report = await data.Search.CheckAsync(scope);
        console.WriteLine(report.IsClean ? "clean" : $"{report.Missing.Count} missing, {report.Stale.Count} stale, {report.Orphans.Count} orphans");
        // end
    }
}

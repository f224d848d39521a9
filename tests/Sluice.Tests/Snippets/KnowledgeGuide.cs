using Microsoft.Extensions.AI;
using Sluice.Data;
using Sluice.Data.Knowledge;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/knowledge.md</c>.</summary>
public static class KnowledgeGuide
{
    public static async Task IngestAsync(OpenDataEnvironment data)
    {
        // snippet: knowledge-ingest
        var options = new IngestionOptions { DatabaseId = "shop", SourceDirectory = "policies" };
        await foreach (var happened in data.IngestKnowledgeAsync(new("acme"), options))
        {
            if (happened is DocumentFailedEvent failed) Console.Error.WriteLine($"{failed.Path}: {failed.Error.Message}");
            if (happened is IngestionCompletedEvent done) Console.WriteLine($"{done.New} new, {done.Changed} changed, {done.Errors} failed");
        }
        // end
    }

    public static IngestionOptions Extracting(IChatClient model)
    {
        // snippet: knowledge-extract
        var options = new IngestionOptions { DatabaseId = "shop", SourceDirectory = "policies", Extractor = model };
        // end

        return options;
    }
}

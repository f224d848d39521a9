using Microsoft.Extensions.AI;
using Sluice.Data;
using Sluice.Data.Enrichment;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/enrichment.md</c>.</summary>
public static class EnrichmentGuide
{
    public static async Task EnrichAsync(OpenDataEnvironment data, IChatClient model)
    {
        // snippet: enrichment-estimate
        var options = new EnrichmentOptions { DatabaseId = "shop", Client = model, MaxTokens = 500_000, InputPricePerMillion = 3, OutputPricePerMillion = 15 };
        var estimate = await data.EstimateEnrichmentAsync(new("acme"), options);
        Console.WriteLine($"{estimate.Tables} tables, {estimate.Calls} calls, about {estimate.InputTokens + estimate.OutputTokens} tokens, about {estimate.Cost:0.00}");
        // end

        // snippet: enrichment-run
        await foreach (var happened in data.EnrichAsync(new("acme"), options))
        {
            if (happened is TableEnrichedEvent table) Console.WriteLine($"{table.Table}: {table.Columns} columns, {table.Metrics} metrics");
            if (happened is EnrichmentFailedEvent failed) Console.Error.WriteLine($"{failed.Table}: {failed.Error.Message}");
        }
        // end
    }
}

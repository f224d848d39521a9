using Sluice.Data;
using Sluice.Data.Profiling;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/profiling.md</c>.</summary>
public static class ProfilingGuide
{
    public static async Task RunAsync(OpenDataEnvironment data)
    {
        // snippet: profiling
        var scope = new DataScope("acme");
        var options = new ProfilingOptions { DatabaseId = "shop", Tables = ["orders", "customers"] };

        var estimate = await data.EstimateProfilingAsync(scope, options);
        Console.WriteLine($"{estimate.TablesToProfile} tables, {estimate.Rows} rows, about {estimate.ExpectedTime}");

        await foreach (var profilingEvent in data.ProfileAsync(scope, options))
        {
            if (profilingEvent is TableProfiledEvent table) Console.WriteLine($"{table.Table}: {table.Rows} rows, {table.Findings} findings");
            if (profilingEvent is TableFailedEvent failed) Console.WriteLine($"{failed.Table}: {failed.Error.Message}");
        }
        // end
    }
}

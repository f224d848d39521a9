using Inventory.Account;
using Inventory.Data;
using Sluice.Data;
using Sluice.Data.Knowledge;
using Sluice.Data.Profiling;
using Spectre.Console;

namespace Inventory;

/// <summary>The data environment of the main job: what the planner's toolkit <c>catalog</c> works on.</summary>
internal static class RetailEnvironment
{
    private const string DatabaseId = "retail";

    // To look at a million sales and stock rows takes longer than the job. What the database says of them itself is known all the same.
    private static readonly string[] Profiled = ["brands", "categories", "products", "regions", "stores", "suppliers"];

    /// <summary>Opens it. The retail database can only be read through it, whatever a model asks; what is known of it is kept beside it.</summary>
    /// <exception cref="SluiceException">A file cannot be read.</exception>
    public static Task<OpenDataEnvironment> OpenAsync(RetailDatabase retail, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(retail.DatabasePath)!;
        var catalog = $"sqlite:{Path.Combine(folder, "catalog.db")}";
        var environment = new DataEnvironment
        {
            TargetDatabase = new() { Url = $"sqlite:{retail.DatabasePath}" },
            Catalog = new() { Url = catalog },
            CatalogSearch = new() { IndexPath = Path.Combine(folder, "catalog-index.db") },
            KeyValue = new() { Url = catalog },
        };
        return environment.OpenAsync([new SqliteDataProvider()], cancellationToken: cancellationToken);
    }

    /// <summary>Brings the catalog up to date: what the database holds, and what the policies say. What did not change takes no time.</summary>
    /// <exception cref="SluiceException">The catalog cannot be written, or the database cannot be read.</exception>
    public static async Task LearnAsync(this OpenDataEnvironment environment, Policies policies, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var scope = new DataScope(Agents.Tenant.ResourceId, environment.WorkspaceId);
        var profiling = new ProfilingOptions { DatabaseId = DatabaseId, Tables = Profiled };
        await ProfilingAccount.FollowAsync(environment.ProfileAsync(scope, profiling, cancellationToken), console, cancellationToken);
        var ingestion = new IngestionOptions { DatabaseId = DatabaseId, SourceDirectory = policies.Folder, Extensions = ["md"], RemoveMissing = true };
        await foreach (var e in environment.IngestKnowledgeAsync(scope, ingestion, cancellationToken))
        {
            if (e is DocumentFailedEvent failed) console.WriteLine($"{failed.Path} could not be read: {failed.Error.Message}");
            if (e is IngestionCompletedEvent { New: var added, Changed: var changed } && added + changed > 0)
                console.WriteLine($"Read {ToolSummary.Count(added + changed, "policy document")}.");
        }
    }
}

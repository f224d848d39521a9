using Inventory.Data;
using Sluice.Data;

namespace Inventory;

/// <summary>The data environment of the main job: what the planner's toolkit <c>catalog</c> works on.</summary>
internal static class RetailEnvironment
{
    /// <summary>Opens it. The retail database can only be read through it, whatever a model asks.</summary>
    /// <exception cref="SluiceException">The database cannot be read.</exception>
    public static Task<OpenDataEnvironment> OpenAsync(RetailDatabase retail, CancellationToken cancellationToken)
    {
        var environment = new DataEnvironment { TargetDatabase = new() { Url = $"sqlite:{retail.DatabasePath}" } };
        return environment.OpenAsync([new SqliteDataProvider()], cancellationToken: cancellationToken);
    }
}

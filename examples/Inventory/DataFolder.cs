using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>The databases of the main job and the folder they are in.</summary>
internal sealed class DataFolder
{
    private DataFolder(RetailDatabase retail, OperationsDatabase operations, Policies policies, string runsPath) =>
        (Retail, Operations, Policies, RunsPath) = (retail, operations, policies, runsPath);

    /// <summary>What is analysed. Never written.</summary>
    public RetailDatabase Retail { get; }

    /// <summary>What approved actions change.</summary>
    public OperationsDatabase Operations { get; }

    /// <summary>What is allowed. The documents come with the program, or are in a folder of the user's.</summary>
    public Policies Policies { get; }

    /// <summary>The file of the runs and of all that belongs to them.</summary>
    public string RunsPath { get; }

    /// <summary>Opens what agents and actions work on; builds what is missing, and says so.</summary>
    public static async Task<DataFolder> OpenAsync(Options options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.DataFolder ?? DefaultFolder.Of("inventory"));
        var policies = new Policies(options.Policies ?? DefaultFolder.OfPolicies);
        var retail = await RetailBuild.OpenAsync(folder, console, cancellationToken);
        var operations = await OperationsDatabase.OpenOrCreateAsync(
            Path.Combine(folder, "operations.db"), retail, cancellationToken: cancellationToken);
        if (options.Reset)
        {
            await operations.ResetAsync(retail, cancellationToken);
            console.WriteLine("The operational database starts anew, and earlier runs are forgotten.");
        }

        return new(retail, operations, policies, Path.Combine(folder, options.IsLive ? "live-runs.db" : "runs.db"));
    }
}

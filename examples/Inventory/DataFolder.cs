using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>The databases of the main job and the folder they are in.</summary>
internal sealed class DataFolder
{
    private const string SolutionFile = "Sluice.slnx";

    private DataFolder(RetailDatabase retail, OperationsDatabase operations, string runsPath) =>
        (Retail, Operations, RunsPath) = (retail, operations, runsPath);

    /// <summary>What is analysed. Never written.</summary>
    public RetailDatabase Retail { get; }

    /// <summary>What approved actions change.</summary>
    public OperationsDatabase Operations { get; }

    /// <summary>The file of the runs and of all that belongs to them.</summary>
    public string RunsPath { get; }

    /// <summary>Opens what agents and actions work on; builds what is missing, and says so.</summary>
    public static async Task<DataFolder> OpenAsync(Options options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.DataFolder ?? Default());
        var started = TimeProvider.System.GetTimestamp();
        var retail = await BuildAsync(Path.Combine(folder, "retail.db"), console, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var size = $"{retail.Dataset.Products:N0} products, {retail.Dataset.Sales:N0} sales";
        console.WriteLine(retail.WasBuilt
            ? $"Built the retail database in {elapsed.TotalSeconds:0.0} s: {size}. Later starts reuse it."
            : $"Reusing the retail database: {size}.");

        var operations = await OperationsDatabase.OpenOrCreateAsync(
            Path.Combine(folder, "operations.db"), retail, cancellationToken: cancellationToken);
        if (options.Reset)
        {
            await operations.ResetAsync(retail, cancellationToken);
            console.WriteLine("The operational database starts anew, and earlier runs are forgotten.");
        }

        return new(retail, operations, Path.Combine(folder, options.IsLive ? "live-runs.db" : "runs.db"));
    }

    private static Task<RetailDatabase> BuildAsync(string path, IAnsiConsole console, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive)
            return RetailDatabase.OpenOrBuildAsync(path, new FirstStep(console), cancellationToken);
        return console.Progress().AutoClear(true).StartAsync(context =>
            RetailDatabase.OpenOrBuildAsync(path, new Bar(context.AddTask("Retail database", maxValue: 1)), cancellationToken));
    }

    /// <summary>Beside the solution that this program was built from, wherever it is started.</summary>
    private static string Default()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SolutionFile))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? Environment.CurrentDirectory, ".sluice", "inventory");
    }

    private sealed class Bar(ProgressTask task) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            task.Description = $"Building the retail database: {value.Stage}";
            task.Value = value.Fraction;
        }
    }

    /// <summary>Where no bar can be drawn, one line says what takes a moment.</summary>
    private sealed class FirstStep(IAnsiConsole console) : IProgress<BuildProgress>
    {
        private bool _isTold;

        public void Report(BuildProgress value)
        {
            if (_isTold) return;
            _isTold = true;
            console.WriteLine("Building the retail database, once. This takes a few seconds.");
        }
    }
}

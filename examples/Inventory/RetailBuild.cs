using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>Opens the retail database while somebody watches, and builds it first when it is missing.</summary>
internal static class RetailBuild
{
    /// <summary>Opens <c>retail.db</c> of a folder, and says whether it was built.</summary>
    /// <exception cref="IOException">It cannot be built there.</exception>
    /// <exception cref="InvalidDataException">The file is something else.</exception>
    public static async Task<RetailDatabase> OpenAsync(string folder, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var retail = await BuildAsync(Path.Combine(folder, "retail.db"), console, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var size = $"{retail.Dataset.Products:N0} products, {retail.Dataset.Sales:N0} sales";
        console.WriteLine(retail.WasBuilt
            ? $"Built the retail database in {elapsed.TotalSeconds:0.0} s: {size}. Later starts reuse it."
            : $"Reusing the retail database: {size}.");
        return retail;
    }

    private static Task<RetailDatabase> BuildAsync(string path, IAnsiConsole console, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive)
            return RetailDatabase.OpenOrBuildAsync(path, new FirstStep(console), cancellationToken);
        return console.Progress().AutoClear(true).StartAsync(context =>
            RetailDatabase.OpenOrBuildAsync(path, new Bar(context.AddTask("Retail database", maxValue: 1)), cancellationToken));
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

using Inventory.Data;

namespace Inventory.Tests;

/// <summary>
/// The entry point of the test program. Started as <c>build-retail PATH PRODUCTS SALES [STAGE]</c> it is a child that builds a database,
/// and halts at the named stage until a line arrives on its standard input; otherwise it runs the tests.
/// </summary>
internal static class TestProgram
{
    public const string BuildVerb = "build-retail";

    public static Task<int> Main(string[] args) => args is [BuildVerb, var path, var products, var sales, .. var rest]
        ? BuildAsync(path, new() { Products = int.Parse(products), Sales = int.Parse(sales) }, rest.FirstOrDefault())
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

    private static async Task<int> BuildAsync(string path, RetailDatasetOptions options, string? haltAt)
    {
        try
        {
            var retail = await RetailDatabase.OpenOrBuildAsync(path, options, new HaltingProgress(haltAt));
            Console.WriteLine(retail.WasBuilt ? "built" : "found");
            return 0;
        }
        catch (IOException e)
        {
            Console.WriteLine(e.Message);
            return 3;
        }
    }

    private sealed class HaltingProgress(string? stage) : IProgress<BuildProgress>
    {
        private bool _halted;

        public void Report(BuildProgress value)
        {
            if (_halted || value.Stage != stage)
                return;
            _halted = true;
            Console.WriteLine($"halted at {stage}");
            Console.ReadLine();
        }
    }
}

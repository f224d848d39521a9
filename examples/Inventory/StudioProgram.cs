namespace Inventory;

/// <summary>Serves the example as a web page: <c>studio</c> as the first argument.</summary>
internal static class StudioProgram
{
    public const string Name = "studio";

    private const string Live = "--live";

    /// <summary>Serves it until it is stopped. <c>--live</c> lets models answer; all else is Studio's own.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var folder = DefaultFolder.Of("inventory");
        var app = RetailApp.Of(folder, arguments.Contains(Live) ? Interpreter.Live : null);
        string[] rest = [.. arguments.Where(argument => argument != Live)];
        return await app.RunStudioAsync(rest.Any(argument => argument.StartsWith("--store", StringComparison.Ordinal)) ? rest : ["--store", Path.Combine(folder, "studio.db"), .. rest]);
    }
}

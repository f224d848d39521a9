namespace Sluice.Tests.Snippets;

/// <summary>The code of README.md that keeps runs in a file.</summary>
internal static class Durable
{
    public static async Task RunAsync(RuntimeSpec spec)
    {
        // snippet: durable
        await using var storage = SqliteStorage.Open("state.db");
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted, Storage = storage });
        // end

        _ = runtime;
    }
}

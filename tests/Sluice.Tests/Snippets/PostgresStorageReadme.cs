namespace Sluice.Tests.Snippets;

public static class PostgresStorageReadme
{
    public static async Task RunAsync(RuntimeSpec spec)
    {
        // snippet: postgres-storage
        await using var storage = PostgresStorage.Open("Host=db;Username=sluice;Password=…;Database=app");
        await using var runtime = SluiceRuntime.Create(spec, new() { Storage = storage });
        // end
    }
}

namespace Inventory.Tests;

/// <summary>What an approved job does when nobody disturbs it.</summary>
public sealed class UndisturbedJob(FullRetail retail) : IAsyncLifetime
{
    public string Changes { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var data = new JobData(retail);
        await data.RunAsync("", "--approve", "always");
        Changes = data.Changes();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

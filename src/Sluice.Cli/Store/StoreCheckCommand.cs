using Sluice.Cli.CommandLine;
using Sluice.Cli.Runs;

namespace Sluice.Cli.Store;

/// <summary><c>sluice store check</c>: whether this version can work with a store.</summary>
internal sealed class StoreCheckCommand : SluiceCommand
{
    private readonly StoreOptions _store = new();

    public StoreCheckCommand(Shell shell)
        : base(
            shell, "check", "Checks that a store can be opened and has the schema of this version, and ends with 3 when it has another.",
            "sluice store check",
            "sluice store check --store-env RUNS")
    {
        foreach (var option in _store.All) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        var result = await CheckAsync(address);
        RecordOutput.WriteOne(invocation, result, check => check.Problem is { } problem ? $"{check.Store}: {problem}" : $"{check.Store} can be used as it is.");
        return result.IsUsable ? ExitCode.Done : ExitCode.ChecksFailed;
    }

    private static async Task<StoreCheck> CheckAsync(StoreAddress address)
    {
        try
        {
            await address.Open().DisposeAsync();
            return new(address.Name, IsUsable: true, Problem: null);
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.StoreSchema)
        {
            return new(address.Name, IsUsable: false, exception.Message);
        }
    }

    private sealed record StoreCheck(string Store, bool IsUsable, string? Problem);
}

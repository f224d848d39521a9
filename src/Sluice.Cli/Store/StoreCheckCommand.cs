using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Store;

/// <summary><c>sluice store check</c>: whether a store is whole and this version can work with it.</summary>
internal sealed class StoreCheckCommand : SluiceCommand
{
    private readonly StoreOptions _store = new();

    public StoreCheckCommand(Shell shell)
        : base(
            shell, "check", "Checks that a store is whole, has the schema of this version and can be read and written, and ends with 3 when not.",
            "sluice store check",
            "sluice store check --store-env RUNS")
    {
        foreach (var option in _store.All) Options.Add(option);
    }

    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        var check = new StoreCheck(address.Name, address.FindProblems());
        RecordOutput.WriteOne(invocation, check, found => found.ToText());
        return Task.FromResult(check.IsUsable ? ExitCode.Done : ExitCode.ChecksFailed);
    }

    private sealed record StoreCheck(string Store, IReadOnlyList<string> Problems)
    {
        public bool IsUsable => Problems.Count == 0;

        public string ToText() => IsUsable ? $"{Store} is whole and can be used as it is." : string.Join('\n', Problems.Select(problem => $"{Store}: {problem}"));
    }
}

using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Store;

/// <summary><c>sluice store migrate</c>: brings a store to the schema of this version.</summary>
internal sealed class StoreMigrateCommand : SluiceCommand
{
    private readonly StoreOptions _store = new();

    public StoreMigrateCommand(Shell shell)
        : base(
            shell, "migrate", "Brings a store to the schema of this version. Stop the programs that have it open first.",
            "sluice store migrate",
            "sluice store migrate --store-env RUNS")
    {
        foreach (var option in _store.All) Options.Add(option);
    }

    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        var (from, to) = address.Migrate();
        RecordOutput.WriteOne(
            invocation, new { Store = address.Name, From = from, To = to },
            done => done.From == done.To ? $"{done.Store} has schema {done.To} already." : $"{done.Store}: schema {done.From} became {done.To}.");
        return Task.FromResult(ExitCode.Done);
    }
}

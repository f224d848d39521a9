using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Store;

/// <summary>The commands about stores of runs: <c>sluice store …</c>.</summary>
internal static class StoreCommand
{
    public static Command Create(Shell shell) => new("store", "Check a store of runs, and bring it to this version.")
    {
        new StoreCheckCommand(shell),
        new StoreMigrateCommand(shell),
    };
}

using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Store;

/// <summary>The options that say where runs are kept.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = $"Where runs are kept: sqlite:PATH, a path, or postgres://… Default: {StoreAddress.DefaultPath}. Passwords on a command line are seen by others: use --store-env.",
        HelpName = "URL",
    };

    private readonly Option<string?> _variable = new("--store-env") { Description = "The environment variable that holds the store's address.", HelpName = "NAME" };

    public IEnumerable<Option> All => [_store, _variable];

    /// <summary>The store that they name; without either, the file in this folder.</summary>
    /// <exception cref="WrongUseException">They say two things, or nothing that is a store.</exception>
    public StoreAddress Read(Invocation invocation) => StoreAddress.Read(invocation.Get(_store), invocation.Get(_variable));
}

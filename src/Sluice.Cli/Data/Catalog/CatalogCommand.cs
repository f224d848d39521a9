using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data.Catalog.Index;

namespace Sluice.Cli.Data.Catalog;

/// <summary>The commands about the catalog: <c>sluice data catalog …</c>.</summary>
internal static class CatalogCommand
{
    public static Command Create(Shell shell, DataSourceOptions source) => new("catalog", "What is known about the data: look at it, take it out, bring it in.")
    {
        new CatalogListCommand(shell, source),
        new CatalogShowCommand(shell, source),
        new CatalogSearchCommand(shell, source),
        new CatalogExportCommand(shell, source),
        new CatalogImportCommand(shell, source),
        IndexCommand.Create(shell, source),
    };
}

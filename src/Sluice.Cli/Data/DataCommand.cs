using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data.Catalog;
using Sluice.Cli.Data.Knowledge;
using Sluice.Cli.Data.Profiling;
using Sluice.Cli.Data.Querying;

namespace Sluice.Cli.Data;

/// <summary>The commands about data: <c>sluice data …</c>.</summary>
internal static class DataCommand
{
    public static Command Create(Shell shell)
    {
        var source = new DataSourceOptions();
        var command = new Command("data", "Query, profile and catalog the data that agents work on.")
        {
            new QueryCommand(shell, source),
            ProfileCommand.Create(shell, source),
            CatalogCommand.Create(shell, source),
            KnowledgeCommand.Create(shell, source),
        };
        foreach (var option in source.All) command.Options.Add(option);
        return command;
    }
}

using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Data.Profiling;

/// <summary>The commands that look at a database: <c>sluice data profile …</c>.</summary>
internal static class ProfileCommand
{
    public static Command Create(Shell shell, DataSourceOptions source) =>
        new("profile", "Look at what is in the database, and write it to the catalog: columns, keys, relations, and what is wrong with the data.")
        {
            new ProfileEstimateCommand(shell, source),
            new ProfileTableCommand(shell, source),
            new ProfileDatabaseCommand(shell, source),
            new ProfileEnrichCommand(shell, source),
        };
}

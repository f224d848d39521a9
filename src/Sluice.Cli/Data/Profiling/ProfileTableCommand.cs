using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Data.Profiling;

/// <summary><c>sluice data profile table</c>: some tables.</summary>
internal sealed class ProfileTableCommand : ProfileRunCommand
{
    public ProfileTableCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, source, "table", "Profiles the tables and views that are named.",
            "sluice data profile table --database-id shop --table orders --table customers",
            "sluice data profile table --database-id shop --table orders --sample-size 100000 --force")
    {
        Profiling.Tables.Required = true;
        Options.Add(Profiling.Tables);
    }
}

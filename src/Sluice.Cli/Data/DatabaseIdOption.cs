using System.CommandLine;

namespace Sluice.Cli.Data;

/// <summary>The name of the database in the catalog, for commands that write there.</summary>
internal static class DatabaseIdOption
{
    public static Option<string> Create() => new("--database-id")
    {
        Description = "The name that the database has in the catalog: 1 to 64 letters, digits, - _ and .",
        HelpName = "ID",
        Required = true,
    };
}

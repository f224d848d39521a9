using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Data.Profiling;

/// <summary><c>sluice data profile database</c>: every table that may be read.</summary>
internal sealed class ProfileDatabaseCommand(Shell shell, DataSourceOptions source) : ProfileRunCommand(
    shell, source, "database", "Profiles every table and view that may be read. Those that did not change are skipped.",
    "sluice data profile database --database-id shop",
    "sluice data profile database --database-id chinook --database chinook.db --catalog catalog.db --output ndjson");

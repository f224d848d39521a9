using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Data.Search;

namespace Sluice.Cli.Data.Catalog.Index;

/// <summary>The commands about the search index: <c>sluice data catalog index …</c>.</summary>
internal static class IndexCommand
{
    public static Command Create(Shell shell, DataSourceOptions source) => new("index", "The search index of the catalog, where it is a file.")
    {
        new IndexRebuildCommand(shell, source),
        new IndexDoctorCommand(shell, source),
    };

    /// <summary>The search of an environment whose index outlives it.</summary>
    /// <exception cref="SluiceException">The index is not a file.</exception>
    public static CatalogSearch RequireIndex(DataSession session) => session is { HasIndexFile: true, Environment.Search: { } search } ? search : throw new SluiceException(
        ErrorCodes.InvalidDataEnvironment,
        "The search index of this environment is no file: each process makes its own, which is always right. Give --search-index search.db, or add two lines to "
        + "the file of the environment: 'catalogSearch:' and below it '  indexPath: search.db'.");
}

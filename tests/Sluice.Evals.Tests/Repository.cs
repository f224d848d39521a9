namespace Sluice.Evals.Tests;

internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return directory.FullName;
    }
}

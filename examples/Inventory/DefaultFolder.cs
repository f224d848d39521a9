namespace Inventory;

/// <summary>Where an example keeps its files when nobody says otherwise.</summary>
internal static class DefaultFolder
{
    private const string SolutionFile = "Sluice.slnx";

    /// <summary>Where this program was built to, which is not where the process began when a tool loaded it.</summary>
    public static string OfProgram { get; } = Path.GetDirectoryName(typeof(DefaultFolder).Assembly.Location)!;

    /// <summary>The policy documents that come with the example.</summary>
    public static string OfPolicies { get; } = Path.Combine(OfProgram, "policies");

    /// <summary>Beside the solution that this program was built from, wherever it is started; without one, in the current folder.</summary>
    public static string Of(string example)
    {
        var folder = new DirectoryInfo(OfProgram);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SolutionFile))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? Environment.CurrentDirectory, ".sluice", example);
    }
}

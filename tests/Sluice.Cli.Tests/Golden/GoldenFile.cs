using System.Runtime.CompilerServices;

namespace Sluice.Cli.Tests.Golden;

/// <summary>Outputs that were read by somebody and found good. Set <c>SLUICE_UPDATE_GOLDEN=1</c> to write them anew; the change then shows in review.</summary>
internal static class GoldenFile
{
    public static void Check(string name, string actual)
    {
        var file = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        actual.ShouldBe(File.ReadAllText(file), $"The output changed. If that is meant, run the test with SLUICE_UPDATE_GOLDEN=1 and review {name}.");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

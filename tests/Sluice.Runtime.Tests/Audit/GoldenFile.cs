using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Tests.Audit;

/// <summary>Texts that are kept beside the tests. Set <c>SLUICE_UPDATE_GOLDEN=1</c> to write them anew.</summary>
internal static class GoldenFile
{
    public static void Compare(string name, string text, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, name);
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }
}

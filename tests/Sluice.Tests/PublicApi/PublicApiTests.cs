using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tests.PublicApi;

public sealed class PublicApiTests
{
    /// <summary>Set <c>SLUICE_UPDATE_GOLDEN=1</c> to write the files anew; the change then shows in review.</summary>
    [Theory]
    [InlineData("Sluice.Abstractions")]
    [InlineData("Sluice.Anthropic")]
    [InlineData("Sluice.Data")]
    [InlineData("Sluice.Evals")]
    [InlineData("Sluice.Mcp")]
    [InlineData("Sluice.Mcp.AspNetCore")]
    [InlineData("Sluice.OpenAI")]
    [InlineData("Sluice.Postgres")]
    [InlineData("Sluice.Redis")]
    [InlineData("Sluice.Runtime")]
    [InlineData("Sluice.Sqlite")]
    [InlineData("Sluice.Studio")]
    [InlineData("Sluice.Testing")]
    [InlineData("Sluice")]
    public void Assembly_PublicSurface_IsTheReviewedOne(string assembly)
    {
        var file = Path.Combine(Folder(), $"{assembly}.txt");
        var actual = PublicApiText.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        actual.ShouldBe(File.ReadAllText(file), "The public API changed. If that is meant, run the test with SLUICE_UPDATE_GOLDEN=1 and review the file.");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Studio.Docs;

namespace Sluice.Studio.Tests.OpenApi;

public sealed class OpenApiTests
{
    /// <summary>Set <c>SLUICE_UPDATE_GOLDEN=1</c> to write the document anew; the change then shows in review.</summary>
    [Fact]
    public async Task Document_ThatIsCheckedIn_IsWhatTheEndpointsGive()
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "../../../studio/openapi.json");
        var actual = await GeneratedDocument.WriteAsync();
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(file, actual);

        actual.ShouldBe(await File.ReadAllTextAsync(file), "The API changed. If that is meant, run the test with SLUICE_UPDATE_GOLDEN=1 and review studio/openapi.json.");
    }

    [Fact]
    public void Events_InTheDocument_AreAllThatThereAre()
    {
        using var document = JsonDocument.Parse(ApiDocument.Json);

        var types = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("RuntimeEvent")
            .GetProperty("discriminator").GetProperty("mapping").EnumerateObject().Select(type => type.Name);

        var known = typeof(RuntimeEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => (string)attribute.TypeDiscriminator!);
        types.ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public async Task Docs_OfTheServer_ListEveryOperationWithoutScript()
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken));

        var page = await client.GetStringAsync("/api/docs", TestContext.Current.CancellationToken);

        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject()) page.ShouldContain($"<code>{path.Name}</code>");
        page.ShouldNotContain("<script", Case.Insensitive);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

using System.Text.Json;
using Sluice.Data.Profiling;
using Sluice.Data.Tests.Profiling;

namespace Sluice.Data.Tests.Toolkit;

public sealed class SampleMaskTests
{
    private const string People = """
        create table people (id integer primary key, email text, contact text, email_count integer, city text);
        insert into people values (1, 'ann@example.com', 'bob@example.com', 3, 'Paris'), (2, null, 'cem@example.com', 1, 'Rome'), (3, 'dan@example.com', 'eva@example.com', 0, 'Oslo');
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sample_WithAndWithoutAProfile_ShowsKindsInPlaceOfPersonalData(bool isProfiled)
    {
        using var file = new SqliteFile(People);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        if (isProfiled) await desk.RunAsync();
        var sample = await SampleAsync(desk);
        sample.GetProperty("masked").GetRawText().ShouldBe("""["email","contact"]""");
        sample.GetProperty("untrustedData").GetProperty("rows")[0].EnumerateArray().Select(value => value.ToString()).ShouldBe(["1", "‹email›", "‹email›", "3", "Paris"]);
        sample.GetProperty("untrustedData").GetProperty("rows")[1][1].ValueKind.ShouldBe(JsonValueKind.Null);
        sample.GetRawText().ShouldNotContain("example.com");
    }

    [Fact]
    public async Task Sample_WhereMaskingIsOff_ShowsWhatThereIs()
    {
        using var file = new SqliteFile(People);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, new() { MaskPersonalData = false });
        var sample = await SampleAsync(desk);
        sample.TryGetProperty("masked", out _).ShouldBeFalse();
        sample.GetRawText().ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task Catalog_OfPersonalColumns_HoldsNoneOfTheirValues()
    {
        using var file = new SqliteFile(People + "insert into people values (4, ' Ann@Example.com', 'x@example.com', 2, 'Bern'), (5, '', 'y@example.com', 2, 'Bern');");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        foreach (var entry in await desk.EntriesAsync()) JsonSerializer.Serialize(entry, Json.SluiceJson.Options).ToUpperInvariant().ShouldNotContain("EXAMPLE.COM");
    }

    private static async Task<JsonElement> SampleAsync(ProfilingDesk desk)
    {
        await using var runtime = SluiceRuntime.Create(CatalogDesk.Spec(), new() { Interpreter = Interpreter.Scripted, DataEnvironment = desk.Data });
        var script = Script.Of(Script.Call("sample_table_data", new { table = new { qualifiedName = "people" } })).ToString();
        var result = await runtime.QueryAsync(script).OfType<ToolInvocationEvent>().FirstAsync(e => e.State == InvocationState.Result, TestContext.Current.CancellationToken);
        return result.Result!.Value;
    }
}

using System.Security.Cryptography;

namespace Sluice.Data.Tests.Toolkit;

/// <summary>The toolkit on a real database: Chinook in SQLite, through the guard.</summary>
public sealed class ChinookTests
{
    private static readonly string? File = FindFile();

    [Fact]
    public async Task Tools_OnChinook_DescribeJoinSampleAndQueryIt()
    {
        Assert.SkipWhen(File is null, "The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        var before = HashOf(File!);
        var results = await RunAsync(File!, Script.Of(
            Script.Call("list_schema_fields", new { table = Named("Invoice") }),
            Script.Call("get_relation_paths_between", new { from = Named("Artist"), to = Named("InvoiceLine") }),
            Script.Call("sample_table_data", new { table = Named("Genre"), limit = 3 }),
            Script.Call("execute_query", new
            {
                sql = "SELECT g.Name, count(*) AS tracks FROM Track t JOIN Genre g ON g.GenreId = t.GenreId WHERE g.Name = @name GROUP BY 1",
                @params = new { name = "Jazz" },
            }),
            Script.Call("execute_query", new { sql = "DELETE FROM Genre" }),
            Script.Call("execute_query", new { sql = "SELECT Nme FROM Genre" })));

        var text = results.Select(result => result.Error is { } error ? error.ToString() : result.Result!.Value.GetRawText()).ToList();
        text[0].ShouldContain("BillingCountry");
        text[1].ShouldContain("JOIN");
        text[1].ShouldContain("Track");
        text[2].ShouldContain("Rock");
        text[3].ShouldContain("130");
        results[4].Error!.Code.ShouldBe(ErrorCodes.QueryRefused);
        results[5].Error!.Message.ShouldContain("Name");
        HashOf(File!).ShouldBe(before);
    }

    private static async Task<IReadOnlyList<ToolInvocationEvent>> RunAsync(string path, string script)
    {
        var environment = new DataEnvironment { TargetDatabase = new() { Url = $"sqlite:{path}" } };
        await using var data = await environment.OpenAsync([new SqliteDataProvider()]);
        var analyst = Define.Specialist("analyst", model: "m", prompt: "You answer from data.", toolkits: ["catalog"]);
        await using var runtime = SluiceRuntime.Create(
            Define.Runtime(Define.Tenant("acme", "v1"), agents: [analyst]), new() { Interpreter = Interpreter.Scripted, DataEnvironment = data });
        return await runtime.QueryAsync(script).OfType<ToolInvocationEvent>().Where(e => e.State == InvocationState.Result).ToListAsync();
    }

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)));

    private static object Named(string table) => new { qualifiedName = table };

    private static string? FindFile() =>
        Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") is { Length: > 0 } folder && Path.Combine(folder, "chinook", "Chinook_Sqlite.sqlite") is var file
        && System.IO.File.Exists(file) ? file : null;
}

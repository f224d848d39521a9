using System.Text.Json;
using Sluice.Cli.Tests.Golden;

namespace Sluice.Cli.Tests.Data;

public sealed class QueryCommandTests : IDisposable
{
    private const string Customers = "SELECT id, name, email, balance, photo FROM customers ORDER BY id";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Query_AsText_IsATable()
    {
        var result = await QueryAsync(Customers);

        result.ExitCode.ShouldBe(0);
        GoldenFile.Check("query-text.txt", result.Out);
        result.Error.ShouldMatch(@"^3 rows, \d+ ms, query [0-9a-f]{16}\n$");
    }

    [Fact]
    public async Task Query_AsJson_IsOneDocument()
    {
        var result = await QueryAsync(Customers, "--output", "json");

        var document = JsonElement.Parse(result.Out);
        document.GetProperty("columns")[1].GetProperty("name").GetString().ShouldBe("name");
        document.GetProperty("rows").ToString().ShouldContain("Zoë 日本");
        document.GetProperty("rowCount").GetInt32().ShouldBe(3);
        document.GetProperty("queryHash").GetString()!.Length.ShouldBe(16);
        document.TryGetProperty("truncatedBy", out _).ShouldBeFalse();
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_AsNdjson_IsOneEventALine()
    {
        var result = await QueryAsync(Customers, "--output", "ndjson", "--max-rows", "2");

        var events = result.Lines.Select(line => JsonElement.Parse(line)).ToArray();
        events.Select(item => item.GetProperty("type").GetString()).ShouldBe(["columns", "row", "row", "completed"]);
        events[1].GetProperty("values").GetRawText().ShouldBe("""[1,"Ann","ann@acme.example",12.5,"\\x00ff"]""");
        events[3].GetProperty("truncatedBy").GetString().ShouldBe("rows");
    }

    [Fact]
    public async Task Query_ThatWasCut_SaysSo()
    {
        var result = await QueryAsync(Customers, "--max-rows", "1");

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldContain("There is more: cut by rows.");
    }

    [Fact]
    public async Task Query_WithoutRows_HasItsHeader()
    {
        var result = await QueryAsync("SELECT id, name FROM customers WHERE 0");

        result.Out.ShouldBe("id  name\n");
        result.Error.ShouldStartWith("0 rows");
    }

    [Theory]
    [InlineData("SELECT typeof(@v)", "v=7", "integer")]
    [InlineData("SELECT typeof(@v)", "v=7.5", "real")]
    [InlineData("SELECT typeof(@v)", "v=\"7\"", "text")]
    [InlineData("SELECT typeof(@v)", "v=007", "text")]
    [InlineData("SELECT typeof(@v)", "v=null", "null")]
    [InlineData("SELECT typeof(@v)", "v=", "text")]
    [InlineData("SELECT @v", "@v=a=b", "a=b")]
    [InlineData("SELECT @v", "v=[1]", "[1]")]
    [InlineData("SELECT @v", "v='; DROP TABLE customers; --", "'; DROP TABLE customers; --")]
    public async Task Parameter_OfACommandLine_IsBoundAsWhatItSays(string sql, string parameter, string expected)
    {
        var result = await QueryAsync(sql, "--param", parameter, "--output", "ndjson");

        result.ExitCode.ShouldBe(0, result.Error);
        JsonElement.Parse(result.Lines[1]).GetProperty("values")[0].GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task Statement_FromAFileOrStandardInput_IsRead()
    {
        var file = _desk.Write("count.sql", "SELECT count(*) AS n\nFROM orders;\n");

        (await _desk.RunAsync("data", "query", "--database", _desk.Database, "--file", file)).Out.ShouldBe("n\n3\n");
        (await _desk.RunWithInputAsync("SELECT 5 AS five", "data", "query", "--database", _desk.Database, "-")).Out.ShouldBe("five\n   5\n");
        (await _desk.RunWithInputAsync(" \n", "data", "query", "--database", _desk.Database, "-")).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("DELETE FROM orders", "(query_refused, statement_kind, 'orders')")]
    [InlineData("SELECT 1; SELECT 2", "(query_refused, one_statement)")]
    [InlineData("SELECT * FROM order", "(query_failed, ")]
    [InlineData("SELECT * FROM ordres", "did you mean \"orders\"? (query_failed, no_such_table, 'ordres')")]
    [InlineData("SELECT nmae FROM customers", "(query_failed, no_such_column, 'nmae')")]
    public async Task Statement_ThatIsRefusedOrWrong_EndsWithOneAndSaysWhy(string sql, string reason)
    {
        var result = await QueryAsync(sql);

        result.ExitCode.ShouldBe(1);
        result.Out.ShouldBeEmpty();
        result.Error.ShouldStartWith("sluice: ");
        result.Error.ShouldContain(reason);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Statement_ThatTakesTooLong_IsEnded()
    {
        var result = await QueryAsync("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", "--timeout", "1");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("query_timeout");
    }

    [Fact]
    public async Task Value_ThatWouldSteerATerminal_IsMadeVisible()
    {
        var result = await QueryAsync("SELECT char(27) || '[2J' AS \"a" + "\u001b" + "b\", 'x' || char(10) || 'y' AS c, char(8238) || 'z' AS d");

        result.Out.ShouldBe("a\\u001bb   c    d\n\\u001b[2J  x y  \\u202ez\n");
    }

    [Fact]
    public async Task Value_ThatIsLong_IsCutInTablesOnly()
    {
        const string sql = "SELECT replace(hex(zeroblob(2500)), '0', 'x') AS x";

        (await QueryAsync(sql)).Error.ShouldContain("Long values are shown in part");
        (await QueryAsync(sql, "--output", "json")).Out.ShouldContain(new string('x', 5000));
    }

    [Fact]
    public async Task Database_OfAnEnvironmentFile_IsRead()
    {
        var file = _desk.Write("shop.yaml", $"tenantId: acme\ntargetDatabase:\n  url: sqlite:{_desk.Database}\n");

        (await _desk.RunAsync("data", "query", "--data-environment", file, "SELECT 5 AS five")).Out.ShouldBe("five\n   5\n");
        (await _desk.RunAsync("data", "query", "--data-environment", file, "--tenant-id", "acme", "SELECT 5")).ExitCode.ShouldBe(0);
        var other = await _desk.RunAsync("data", "query", "--data-environment", file, "--tenant-id", "umbrella", "SELECT 5");
        other.ExitCode.ShouldBe(1);
        other.Error.ShouldContain("tenant_mismatch");
    }

    [Fact]
    public async Task Environment_WithoutADatabase_IsAnError()
    {
        var result = await _desk.RunAsync("data", "query", "--catalog", _desk.Catalog, "SELECT 1");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("has no target database");
    }

    private Task<CommandResult> QueryAsync(string sql, params IReadOnlyList<string> options) =>
        _desk.RunAsync(["data", "query", "--database", $"sqlite:{_desk.Database}", .. options, sql]);
}

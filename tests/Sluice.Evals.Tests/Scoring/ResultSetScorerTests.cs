using System.Text.Json;

namespace Sluice.Evals.Tests.Scoring;

public sealed class ResultSetScorerTests
{
    [Theory]
    [InlineData("""[[1,"a"],[2,"b"]]""", """[[2,"b"],[1,"a"]]""")]
    [InlineData("""[[1,"a"],[2,"b"]]""", """[["b",2],["a",1]]""")]
    [InlineData("""[[1,"a"]]""", """[["x",1.0,"a"]]""")]
    [InlineData("""[[1,null]]""", """[[null,1]]""")]
    [InlineData("""[[100]]""", """[[100.00001]]""")]
    [InlineData("""[[-100]]""", """[[-100.00001]]""")]
    [InlineData("""[[1e400]]""", """[[1e400]]""")]
    [InlineData("""[[1],[1],[2]]""", """[[2],[1],[1]]""")]
    [InlineData("[]", "[]")]
    [InlineData("""[["a,b","c"]]""", """[["a,b","c"]]""")]
    [InlineData("""[[1,1,2],[1,2,1],[2,1,1]]""", """[[2,1,1],[1,2,1],[1,1,2]]""")]
    [InlineData("""[[1.0000001,"b"],[1,"a"]]""", """[[1,"b"],[1.0000001,"a"]]""")]
    [InlineData("""[[1,5],[1.0000001,4]]""", """[[1.0000001,5],[1,4]]""")]
    public void Rows_ThatAreTheSame_Pass(string expected, string actual) => Problem(Scorer(expected), actual).ShouldBeNull();

    [Theory]
    [InlineData("""[[1],[2]]""", """[[1]]""", "2 rows expected, 1 found.")]
    [InlineData("""[[1,2]]""", """[[1]]""", "2 columns expected, 1 found.")]
    [InlineData("""[[1,"a"]]""", """[["a",2]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[1,"a"],[2,"b"]]""", """[[1,"b"],[2,"a"]]""", "The values are there, but not in the same rows.")]
    [InlineData("""[[1],[1],[2]]""", """[[1],[2],[2]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[1,1]]""", """[[1,2]]""", "The values are there, but not in the same rows.")]
    [InlineData("""[[100]]""", """[[100.001]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[null]]""", """[[0]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[null]]""", """[[""]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[1]]""", """[["1"]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[[1]]""", """[[true]]""", "No column of the result holds the values of expected column 1.")]
    [InlineData("""[["a","b,c"]]""", """[["a,b","c"]]""", "No column of the result holds the values of expected column 1.")]
    public void Rows_ThatAreOthers_FailWithTheReason(string expected, string actual, string reason) => Problem(Scorer(expected), actual).ShouldBe(reason);

    [Theory]
    [InlineData("""[[1,"a"],[2,"b"]]""", """[["a",1],["b",2]]""", null)]
    [InlineData("""[[1,"a"],[2,"b"]]""", """[[2,"b"],[1,"a"]]""", "No column of the result holds the values of expected column 1 in their order.")]
    [InlineData("""[[1,1]]""", """[[1,2]]""", "A column of the result would have to be several expected ones.")]
    public void OrderedRows_HaveToComeInTheirOrder(string expected, string actual, string? reason) =>
        Problem(Scorer(expected) with { Ordered = true }, actual).ShouldBe(reason);

    [Fact]
    public void MoreColumnsThanExpected_AreRefusedWhereTheScorerSaysSo() =>
        Problem(Scorer("[[1]]") with { ExtraColumns = ExtraColumns.Refuse }, "[[1,2]]").ShouldBe("1 column expected, 2 found.");

    [Theory]
    [InlineData(0, "[[100]]", "[[100.0000000000000001]]", false)]
    [InlineData(0, "[[100]]", "[[1e2]]", true)]
    [InlineData(0.1, "[[100]]", "[[109]]", true)]
    [InlineData(0.1, "[[100]]", "[[111]]", false)]
    [InlineData(0.1, "[[0]]", "[[0.0001]]", false)]
    public void Tolerance_IsAShareOfTheExpectedNumber(double tolerance, string expected, string actual, bool isGood) =>
        (Problem(Scorer(expected) with { Tolerance = tolerance }, actual) is null).ShouldBe(isGood);

    [Fact]
    public void LastResult_OfTheTool_IsCompared()
    {
        TrajectoryCall[] calls =
        [
            Call("execute_query", """{"untrustedData":{"columns":[],"rows":[[1]]}}"""),
            Call("execute_query", """{"untrustedData":{"columns":[],"rows":[[2]]}}"""),
            Call("other", """{"untrustedData":{"columns":[],"rows":[[3]]}}"""),
            new() { Name = "execute_query", Error = new() { Code = "query_failed", Message = "No such table." } },
        ];

        Problem(Scorer("[[2]]"), calls).ShouldBeNull();
        Problem(Scorer("[[3]]") with { Tool = "other" }, calls).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"reference":{"kind":"QueryResult","id":"r1"},"rowCount":5000,"glimpse":{}}""", "The result of 'execute_query' was stored as a reference, so that its rows are not there to be compared.")]
    [InlineData("""{"truncated":true,"bytes":90000,"beginning":"{"}""", "The result of 'execute_query' has no rows.")]
    [InlineData("""{"truncated":true,"untrustedData":{"rows":[[1],[2]]}}""", "1 row expected, 2 found. The result was cut off.")]
    [InlineData("""{"rows":[[1],[1,2]]}""", "The result of 'execute_query' is no table: its rows are not arrays of the same length.")]
    [InlineData("""{"rows":"many"}""", "The result of 'execute_query' has no rows.")]
    [InlineData("7", "The result of 'execute_query' has no rows.")]
    public void Result_WithoutRowsToCompare_FailsWithTheReason(string result, string reason) => Problem(Scorer("[[1]]"), [Call("execute_query", result)]).ShouldBe(reason);

    [Fact]
    public void Tool_ThatWasNotCalledOrGaveNothing_FailsWithTheReason()
    {
        Problem(Scorer("[[1]]"), ["look"]).ShouldBe("'execute_query' was not called.");
        Problem(Scorer("[[1]]"), ["execute_query"]).ShouldBe("No call of 'execute_query' has a result.");
    }

    [Theory]
    [InlineData("""{"rows":[]}""")]
    [InlineData("[1]")]
    [InlineData("[[1],[1,2]]")]
    public void Reference_ThatIsNoTable_FailsWithTheReason(string rows) =>
        Problem(Scorer(rows), "[[1]]").ShouldBe("The reference is no table: rows have to be arrays of the same length.");

    [Fact]
    public void ManyRowsAndColumns_InAnotherOrder_AreCompared()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 2_000).Select(row => Enumerable.Range(0, 8).Select(column => random.Next(column + 2)).ToArray()).ToArray();
        var others = rows.Select(row => row.Reverse().ToArray()).ToArray();
        random.Shuffle(others);

        Problem(Scorer(JsonSerializer.Serialize(rows)), JsonSerializer.Serialize(others)).ShouldBeNull();
    }

    [Fact]
    public void ColumnsThatCouldAllBeEachOther_AreGivenUpAfterSomeTries()
    {
        // Two Latin squares: every column has the same values, and no assignment makes the rows the same.
        var expected = Enumerable.Range(0, 16).Select(row => Enumerable.Range(0, 16).Select(column => (row + column) % 16).ToArray());
        var actual = Enumerable.Range(0, 16).Select(row => Enumerable.Range(0, 16).Select(column => row ^ column).ToArray());

        Problem(Scorer(JsonSerializer.Serialize(expected)), JsonSerializer.Serialize(actual)).ShouldNotBeNull();
    }

    private static ResultSetScorer Scorer(string rows) => new() { Id = "rows", Rows = JsonElement.Parse(rows) };

    private static TrajectoryCall Call(string tool, string result) => new() { Name = tool, Result = JsonElement.Parse(result) };

    private static string? Problem(ResultSetScorer scorer, string rows) => Problem(scorer, [Call(scorer.Tool, $$"""{ "untrustedData": { "rows": {{rows}} } }""")]);

    private static string? Problem(ResultSetScorer scorer, IReadOnlyList<TrajectoryCall> calls)
    {
        var testCase = Define.TestCase("case", "Count", finalResponse: Define.FinalResponse([scorer]));
        var result = Sluice.Scorer.Score(testCase, new() { Trajectory = calls }, ScorerPreset.Specialist).Components[0].Response!.Scorers[0];
        result.Score.ShouldBe(result.Reason is null ? 1 : 0);
        return result.Reason;
    }
}

using System.Text.Json;

namespace Sluice.Evals.Tests.Scoring;

public sealed class ArgumentComparisonTests
{
    [Theory]
    [InlineData(ArgumentMatch.Exact, """{"a":1,"b":[1,2]}""", """{"b":[1.0,2e0],"a":1.00}""", true)]
    [InlineData(ArgumentMatch.Exact, """{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData(ArgumentMatch.Exact, """{"a":1}""", """{"a":true}""", false)]
    [InlineData(ArgumentMatch.Exact, """{"a":1}""", """{"a":"1"}""", false)]
    [InlineData(ArgumentMatch.Exact, """{"a":9007199254740993}""", """{"a":9007199254740992}""", false)]
    [InlineData(ArgumentMatch.Exact, """{"a":0.1}""", """{"a":0.10000000000000001}""", false)]
    [InlineData(ArgumentMatch.Exact, """{"a":"\u00e4"}""", """{"a":"ä"}""", true)]
    [InlineData(ArgumentMatch.Exact, """{"\u0061":1}""", """{"a":1}""", true)]
    [InlineData(ArgumentMatch.Exact, """{"a":null}""", """{}""", false)]
    [InlineData(ArgumentMatch.Ignore, """{"a":1}""", """{"z":9}""", true)]
    [InlineData(ArgumentMatch.Subset, """{"a":1,"b":2}""", """{"a":1}""", true)]
    [InlineData(ArgumentMatch.Subset, """{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData(ArgumentMatch.Superset, """{"a":1}""", """{"a":1,"b":2}""", true)]
    [InlineData(ArgumentMatch.Superset, """{"a":{"b":1}}""", """{"a":{"b":1,"c":2}}""", false)]
    [InlineData(ArgumentMatch.Pattern, """{"sku":"^boot-\\d+$"}""", """{"sku":"boot-12","more":1}""", true)]
    [InlineData(ArgumentMatch.Pattern, """{"sku":"^boot-\\d+$"}""", """{"sku":"coat-12"}""", false)]
    [InlineData(ArgumentMatch.Pattern, """{"year":"^20"}""", """{"year":2026}""", true)]
    [InlineData(ArgumentMatch.Pattern, """{"sku":".*"}""", """{"sku":["boot"]}""", false)]
    [InlineData(ArgumentMatch.Pattern, """{"sku":".*"}""", """{}""", false)]
    [InlineData(ArgumentMatch.Pattern, """{"sku":7}""", """{"sku":"7"}""", false)]
    [InlineData(ArgumentMatch.Range, """{"n":{"min":1,"max":5}}""", """{"n":5.0}""", true)]
    [InlineData(ArgumentMatch.Range, """{"n":{"min":1,"max":5}}""", """{"n":5.0000000000000000001}""", false)]
    [InlineData(ArgumentMatch.Range, """{"n":{"min":-2}}""", """{"n":1e400}""", true)]
    [InlineData(ArgumentMatch.Range, """{"n":{"min":1}}""", """{"n":"2"}""", false)]
    [InlineData(ArgumentMatch.Range, """{"n":{}}""", """{"n":2}""", false)]
    [InlineData(ArgumentMatch.Range, """{"n":3}""", """{"n":3}""", false)]
    public void Arguments_OfAMode_Match(ArgumentMatch match, string expected, string actual, bool isMatch) =>
        IsMatch(Expected(match, expected), actual).ShouldBe(isMatch);

    [Theory]
    [InlineData("filter.region", """{"filter":{"region":"north","year":1}}""", true)]
    [InlineData("filter.region", """{"filter":{"region":"south"}}""", false)]
    [InlineData("filter.region", """{"filter":"north"}""", false)]
    [InlineData("filter.absent", """{"filter":{}}""", true)]
    [InlineData("filter.absent", """{"filter":{"absent":null}}""", false)]
    [InlineData("ids.1", """{"ids":[9,2]}""", true)]
    [InlineData("ids.1", """{"ids":[2]}""", false)]
    [InlineData("ids.9", """{"ids":[]}""", true)]
    public void Paths_AreEqualWhereTheirValuesAre_OrNeitherIsThere(string path, string actual, bool isMatch)
    {
        var expected = Expected(ArgumentMatch.Paths, """{"filter":{"region":"north"},"ids":[1,2]}""") with { Paths = [path] };

        IsMatch(expected, actual).ShouldBe(isMatch);
    }

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"a":1}""", false)]
    public void CallWithoutArguments_IsOneWithNoMembers(string expected, bool isMatch) =>
        IsMatch(Expected(ArgumentMatch.Exact, expected), null).ShouldBe(isMatch);

    [Theory]
    [InlineData("([a-z", "The pattern is no regular expression")]
    [InlineData(@"^(\w+\s?)*\1$", "took longer than 1 s")]
    public void PatternThatCannotBeMatched_IsNoMatchAndToldInTheDetails(string pattern, string problem)
    {
        var expected = Expected(ArgumentMatch.Pattern, JsonSerializer.Serialize(new { text = pattern }));

        var details = Details(expected, JsonSerializer.Serialize(new { text = new string('a', 40) + "!" }));

        details.Matched.ShouldBeEmpty();
        details.Problems.ShouldHaveSingleItem().ShouldContain(problem);
    }

    [Fact]
    public void PatternsThatTakeTooLong_TakeAboutTwoSecondsInAll()
    {
        var expected = Enumerable.Range(0, 50).Select(number => Expected(ArgumentMatch.Pattern, JsonSerializer.Serialize(new { text = $@"^(\w+\s?)*\1$(?#{number})" }))).ToArray();
        var made = new TrajectoryCall { Name = "look", Arguments = JsonSerializer.SerializeToElement(new { text = new string('a', 40) + "!" }) };

        var scored = Scorer.Score(Define.TestCase("case", "Look", expected), new() { Trajectory = [made] }, ScorerPreset.TrajectoryOnly);

        scored.Components[0].Trajectory!.Problems.Count.ShouldBeLessThan(6);
        scored.Components[0].Trajectory!.Problems[^1].ShouldContain("was given up");
    }

    private static ExpectedCall Expected(ArgumentMatch match, string arguments) =>
        new() { Name = "look", Arguments = JsonElement.Parse(arguments), ArgumentMatch = match };

    private static bool IsMatch(ExpectedCall expected, string? actual) => Details(expected, actual).Matched.Count == 1;

    private static TrajectoryDetails Details(ExpectedCall expected, string? actual)
    {
        var made = new TrajectoryCall { Name = "look", Arguments = actual is null ? null : JsonElement.Parse(actual) };
        return Scorer.Score(Define.TestCase("case", "Look", [expected]), new() { Trajectory = [made] }, ScorerPreset.TrajectoryOnly).Components[0].Trajectory!;
    }
}

using System.Text.Json;

namespace Sluice.Evals.Tests.Scoring;

public sealed class ActionScorerTests
{
    [Theory]
    [InlineData("", "", 1)]
    [InlineData("a", "", 0)]
    [InlineData("", "a", 0)]
    [InlineData("a b", "b a", 1)]
    [InlineData("a b", "a", 0.5)]
    [InlineData("a", "a b", 0.5)]
    [InlineData("a a", "a", 0.5)]
    [InlineData("a b c", "c x a y", 0.5)]
    public void Score_IsTheShareOfMatchedOnesInTheLongerList(string expected, string actual, double score) =>
        Score(Kinds(expected), Kinds(actual)).Score.ShouldBe(score);

    [Theory]
    [InlineData(PayloadMatch.Exact, """{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1.0}""", true)]
    [InlineData(PayloadMatch.Exact, """{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData(PayloadMatch.Exact, """{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData(PayloadMatch.Subset, """{"a":1}""", """{"a":1,"b":2}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":{"b":1}}""", """{"a":{"b":1,"c":2}}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[2,1]}""", """{"a":[1,2,3]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[1,1]}""", """{"a":[1,2]}""", false)]
    [InlineData(PayloadMatch.Subset, """{"a":[1,1.0]}""", """{"a":[1,1,2]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[]}""", """{"a":[1]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[{"x":1},{"x":1,"y":2}]}""", """{"a":[{"x":1,"y":2},{"x":1}]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[{"x":1},{"x":1}]}""", """{"a":[{"x":1,"y":2},{"x":2}]}""", false)]
    [InlineData(PayloadMatch.Subset, """{"a":[1,{"x":1}]}""", """{"a":[{"x":1,"y":2},1]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":[[1,2],[3]]}""", """{"a":[[3,4],[2,1]]}""", true)]
    [InlineData(PayloadMatch.Subset, """{"a":null}""", """{}""", false)]
    [InlineData(PayloadMatch.Subset, """{"a":1}""", """{"a":[1]}""", false)]
    public void Payload_Matches(PayloadMatch match, string expected, string actual, bool isMatch) =>
        (Score([Order(expected)], [Order(actual)], match).Score == 1).ShouldBe(isMatch);

    [Fact]
    public void ActionOfAnotherKind_DoesNotMatch() =>
        Score([Order("{}")], [Order("{}") with { Kind = "discount" }]).Score.ShouldBe(0);

    [Fact]
    public void Details_OfActionsThatDiffer_NameTheNearestAndWhereItDiffers()
    {
        EvalAction[] expected = [Order("""{"sku":"boot","quantity":10,"lines":[{"price":20},{"price":5}]}"""), Order("""{"sku":"coat"}""")];
        EvalAction[] actual = [Order("""{"sku":"hat","size":7}"""), Order("""{"sku":"coat"}"""), Order("""{"sku":"boot","quantity":12,"lines":[{"price":25},{"price":5.0}],"rush":true}""")];

        var details = Score(expected, actual).Actions!;

        details.Matched.ShouldBe([new(1, 1)]);
        details.Missing.ShouldBe([0]);
        details.Unexpected.ShouldBe([0, 2]);
        details.Differences.ShouldBe(
            ["order 0, nearest 2: /quantity: 10 expected, 12 found; /lines/0/price: 20 expected, 25 found; /rush: nothing expected, true found"]);
    }

    [Fact]
    public void Differences_OfASubset_LeaveOutWhatIsNotExpected() =>
        Score([Order("""{"sku":"boot","ids":[1,2]}""")], [Order("""{"ids":[2,3],"rush":true}""")], PayloadMatch.Subset).Actions!.Differences.ShouldBe(
            ["order 0, nearest 0: /sku: \"boot\" expected, nothing found; /ids: [1,2] expected, [2,3] found"]);

    [Fact]
    public void Differences_OfManyActions_AreLimited()
    {
        var expected = Enumerable.Range(0, 300).Select(number => Order($$"""{"n":{{number}}}""")).ToArray();
        var actual = Enumerable.Range(1_000, 300).Select(number => Order($$"""{"n":{{number}}}""")).ToArray();

        Score(expected, actual).Actions!.Differences.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(PayloadMatch.Exact)]
    [InlineData(PayloadMatch.Subset)]
    public void PayloadThatIsNestedVeryDeep_IsNoMatch_AndNoCrash(PayloadMatch match)
    {
        var deep = Deep(10_000);

        Score([Order(deep)], [Order(deep)], match).Score.ShouldBe(0);
    }

    [Fact]
    public void PayloadThatIsNestedAThousandTimes_IsCompared() => Score([Order(Deep(900))], [Order(Deep(900))], PayloadMatch.Subset).Score.ShouldBe(1);

    [Fact]
    public void PayloadsWithManyMembersAndItems_AreCompared()
    {
        var members = Enumerable.Range(0, 50_000).Select(number => $"\"m{number}\":{number}").ToArray();
        var ids = string.Join(',', Enumerable.Range(0, 50_000));
        var backwards = string.Join(',', Enumerable.Range(0, 50_000).Reverse());

        Score([Order($"{{{string.Join(',', members)}}}")], [Order($"{{{string.Join(',', members.Reverse())}}}")]).Score.ShouldBe(1);
        Score([Order($"{{\"ids\":[{ids}]}}")], [Order($"{{\"ids\":[{backwards}]}}")], PayloadMatch.Subset).Score.ShouldBe(1);
    }

    private static ComponentScore Score(IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual, PayloadMatch match = PayloadMatch.Exact) => Scorer.Score(
        Define.TestCase("case", "Order", expectedActions: Define.ExpectedActions(executed: expected, payloadMatch: match)),
        new() { ExecutedActions = actual },
        ScorerPreset.Executor).Components.ShouldHaveSingleItem();

    private static EvalAction[] Kinds(string kinds) =>
        [.. kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(kind => Order("{}") with { Kind = kind })];

    private static EvalAction Order(string payload) =>
        new() { Kind = "order", Payload = JsonElement.Parse(payload, new JsonDocumentOptions { MaxDepth = 1_000_000 }) };

    private static string Deep(int levels) => $"{string.Concat(Enumerable.Repeat("{\"a\":[", levels / 2))}1{string.Concat(Enumerable.Repeat("]}", levels / 2))}";
}

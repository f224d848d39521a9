using System.Text.Json;
using Sluice.Json;

namespace Sluice.Bench.Evals;

/// <summary>Samples of a desk that orders goods, as an artifact keeps them: ten calls with arguments and results, four actions planned and executed.</summary>
internal static class RecordedSamples
{
    private const int Distinct = 1_000;
    private const int Calls = 10;
    private const int Actions = 4;

    public static IReadOnlyList<(TestCase Case, byte[] Output)> Create() =>
        [.. Enumerable.Range(0, Distinct).Select(number => (CreateCase(number), JsonSerializer.SerializeToUtf8Bytes(CreateOutput(number), SluiceJson.Options)))];

    /// <summary>All modes in turn. Names alone for two calls of three, as people write them.</summary>
    private static TestCase CreateCase(int number) => Define.TestCase(
        $"case-{number}",
        "Order what is running out",
        [.. Enumerable.Range(0, Calls).Select(call => new ExpectedCall
        {
            Name = ToolOf(call),
            Arguments = call % 3 == 0 ? Arguments(number, call) : null,
            ArgumentMatch = call % 2 == 0 ? ArgumentMatch.Exact : ArgumentMatch.Superset,
        })],
        (TrajectoryMode)(number % 5),
        Define.ExpectedActions(ActionsOf(number), ActionsOf(number), number % 2 == 0 ? PayloadMatch.Exact : PayloadMatch.Subset));

    /// <summary>Every third sample leaves out a call and changes an action.</summary>
    private static SampleOutput CreateOutput(int number)
    {
        var isWrong = number % 3 == 0;
        var actions = ActionsOf(isWrong ? number + 1 : number);
        return new()
        {
            Trajectory = [.. Enumerable.Range(isWrong ? 1 : 0, isWrong ? Calls - 1 : Calls).Select(call => CreateCall(number, call))],
            PlannedActions = actions,
            ExecutedActions = actions,
            Response = "Ordered what was running out, from the nearest warehouse that has it.",
        };
    }

    private static TrajectoryCall CreateCall(int number, int call) => new()
    {
        Name = ToolOf(call),
        Arguments = Arguments(number, call),
        Agent = "planner",
        Turn = call + 1,
        Result = JsonElement.Parse($$"""{"rowCount":3,"untrustedData":{"rows":[["boot-{{number}}",{{call}},19.95],["coat-{{number}}",7,49.5],["hat",12,9.0]]} }"""),
        DurationMs = 12,
    };

    private static string ToolOf(int call) => (call % 4) switch { 0 => "search_products", 1 => "stock_level", 2 => "execute_query", _ => "create_reference" };

    private static JsonElement Arguments(int number, int call) =>
        JsonElement.Parse($$"""{"sku":"boot-{{number}}","warehouse":"north","limit":{{10 + call}},"filter":{"season":"winter","maxPrice":199.99} }""");

    private static EvalAction[] ActionsOf(int number) => [.. Enumerable.Range(0, Actions).Select(action => new EvalAction
    {
        Kind = action % 2 == 0 ? "order" : "transfer",
        Payload = JsonElement.Parse($$"""{"sku":"boot-{{number + action}}","quantity":{{10 * action}},"warehouses":["north","south"],"lines":[{"size":42,"count":3},{"size":43,"count":4}] }"""),
    })];
}

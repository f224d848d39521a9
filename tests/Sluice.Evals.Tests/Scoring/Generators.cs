using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Evals.Tests.Scoring;

/// <summary>Cases and outputs of so few names and values that they often match.</summary>
internal static class Generators
{
    public static readonly Gen<TrajectoryMode> Mode = Gen.Elements(Enum.GetValues<TrajectoryMode>());

    private static readonly Gen<JsonElement> Object = Gen.Elements(
        """{}""", """{"a":1}""", """{"a":1.0}""", """{"a":2}""", """{"a":1,"b":1}""", """{"b":1,"a":1e0}""", """{"a":true}""", """{"a":[1,2]}""", """{"a":[2,1]}""")
        .Select(json => JsonElement.Parse(json));

    private static readonly Gen<JsonElement?> Arguments = Gen.OneOf(Object.Select(value => (JsonElement?)value), Object.Select(value => (JsonElement?)value), Gen.Constant<JsonElement?>(null));

    private static readonly Gen<string> Name = Gen.Elements("look", "write");

    private static readonly Gen<ExpectedCall> Expected =
        from name in Name
        from arguments in Arguments
        from match in Gen.Elements(ArgumentMatch.Exact, ArgumentMatch.Exact, ArgumentMatch.Superset, ArgumentMatch.Subset, ArgumentMatch.Ignore)
        from parallel in Gen.Elements(true, false)
        select new ExpectedCall { Name = name, Arguments = arguments, ArgumentMatch = match, Parallel = parallel };

    private static readonly Gen<TrajectoryCall> Call =
        from name in Name
        from arguments in Arguments
        from turn in Gen.Choose(1, 2)
        from depth in Gen.Choose(0, 1)
        select new TrajectoryCall { Name = name, Arguments = arguments, Turn = turn, Depth = depth };

    private static readonly Gen<EvalAction> Action =
        from kind in Gen.Elements("order", "discount")
        from payload in Object
        select new EvalAction { Kind = kind, Payload = payload };

    private static readonly Gen<ResponseScorer> TextScorer =
        from text in Gen.Elements("done", "ordered", "boots")
        from weight in Gen.Elements(0.5, 1, 3)
        from required in Gen.Elements(true, false, false)
        from scorer in Gen.Elements<ResponseScorer>(
            ResponseScorer.Exact($"is-{text}", text, weight, required),
            ResponseScorer.Contains($"has-{text}", text, weight, required),
            ResponseScorer.Regex($"matches-{text}", $"{text}|nothing", weight, required))
        select scorer;

    public static Gen<IReadOnlyList<ExpectedCall>> ExpectedCalls(int most) => ListOf(Expected, most);

    public static Gen<IReadOnlyList<TrajectoryCall>> Calls(int most) => ListOf(Call, most);

    public static Gen<IReadOnlyList<EvalAction>> Actions(int most) => ListOf(Action, most);

    public static readonly Gen<TestCase> Case =
        from calls in ExpectedCalls(4)
        from mode in Mode
        from planned in Actions(4)
        from executed in Actions(4)
        from match in Gen.Elements(PayloadMatch.Exact, PayloadMatch.Subset)
        from scorers in TextScorer.NonEmptyListOf()
        select Define.TestCase(
            "case", "Order boots", calls, mode, Define.ExpectedActions(planned, executed, match), Define.FinalResponse([.. scorers]));

    public static readonly Gen<SampleOutput> Output =
        from calls in Calls(5)
        from planned in Actions(5)
        from executed in Actions(5)
        from response in Gen.Elements(null, "", "done", "I ordered boots.")
        select new SampleOutput { Trajectory = calls, PlannedActions = planned, ExecutedActions = executed, Response = response };

    private static Gen<IReadOnlyList<T>> ListOf<T>(Gen<T> items, int most) =>
        Gen.Choose(0, most).SelectMany(count => items.ListOf(count)).Select(list => (IReadOnlyList<T>)[.. list]);
}

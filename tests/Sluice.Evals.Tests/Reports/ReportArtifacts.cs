using System.Text.Json;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Reports;

/// <summary>Artifacts to report on, scored and added up as evals do it.</summary>
internal static class ReportArtifacts
{
    /// <summary>Text that tries to be a script wherever it is shown.</summary>
    public const string Hostile =
        "</script><script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"><!--<script> ]]> \u0001\u2028 \uD83D\uDE00 `code` | @everyone javascript:window.hacked=1 {{data}}";

    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 30, 0, TimeSpan.Zero);

    /// <summary>Cases that pass, fail in each component, are not run, and get no verdict.</summary>
    public static EvalArtifact Mixed { get; } = CreateMixed();

    /// <summary>Everything a model or a tool can write is hostile.</summary>
    public static EvalArtifact WithHostileText { get; } = CreateHostile();

    public static EvalArtifact Create(EvalDataset dataset, EvalConfig config, Func<TestCase, int, SampleResult> sampleOf)
    {
        var tally = new EvalTally(dataset, config);
        var samples = dataset.Cases.Select(testCase => Enumerable.Range(1, config.SamplesPerCase).Select(number => sampleOf(testCase, number)).ToList()).ToList();
        foreach (var sample in samples.SelectMany(list => list)) tally.Add(sample);
        return new()
        {
            EvalRunId = "eval-0198f3",
            Config = config,
            DatasetName = dataset.Name,
            DatasetHash = dataset.ContentHash,
            Environment = new()
            {
                SluiceVersion = "0.1.0",
                Runtime = ".NET 10.0.1",
                OperatingSystem = "Debian GNU/Linux 12",
                Tenant = "acme@v1",
                Models = new Dictionary<string, string> { ["planner"] = "claude-opus-4-8", ["coordinator"] = "claude-sonnet-4-6" },
            },
            StartedAt = Began,
            EndedAt = Began.AddSeconds(83),
            Summary = tally.Summarize(),
            Cases = [.. dataset.Cases.Select((testCase, index) => tally.CaseResult(testCase.Id, samples[index]))],
        };
    }

    public static SampleResult Scored(TestCase testCase, int number, SampleOutput output, EvalConfig config, IReadOnlyDictionary<string, JudgeVerdict>? verdicts = null) =>
        Errored(testCase, number, error: null) with { Scores = Scorer.Score(testCase, output, config, verdicts), Output = output };

    public static SampleResult Errored(TestCase testCase, int number, ErrorInfo? error) => new()
    {
        CaseId = testCase.Id,
        Sample = number,
        TraceId = $"run-{testCase.Id.Length:d2}-{number}",
        ThreadId = $"thread-{number}",
        Error = error,
        ModelInvocations =
        [
            new() { Agent = "coordinator", Model = "claude-sonnet-4-6", Usage = new() { InputTokens = 1820, OutputTokens = 96 }, CostUsd = 0.0069m, LatencyMs = 840, FinishReason = "tool_calls" },
            new() { Agent = "planner", Model = "claude-opus-4-8", Usage = new() { InputTokens = 4210, OutputTokens = 310 }, CostUsd = 0.0288m, LatencyMs = 2105, FinishReason = "stop" },
        ],
        Usage = new() { InputTokens = 6030, OutputTokens = 406 },
        CostUsd = 0.0357m,
        LatencyMs = 2900 + (137 * number),
        StartedAt = Began.AddSeconds(number),
    };

    public static EvalAction Action(string kind, string payload) => new() { Kind = kind, Payload = JsonElement.Parse(payload) };

    public static TrajectoryCall Call(string name, string arguments, string agent = "planner", int depth = 1, int turn = 2) => new()
    {
        Name = name,
        Arguments = JsonElement.Parse(arguments),
        Agent = agent,
        Depth = depth,
        Turn = turn,
        Result = JsonElement.Parse("""{ "kind": "ProductSet", "id": "ref-1", "glimpse": { "products": 60, "about": "slow movers in Winter Boots" } }"""),
        DurationMs = 41,
    };

    private static EvalArtifact CreateMixed()
    {
        var config = new EvalConfig { SamplesPerCase = 3, Model = "gpt-5.2" };
        TestCase[] cases =
        [
            Define.TestCase("markdown-within-the-policy", "Winter boots take up too much room. Mark the 60 slowest ones down by 20 %.",
                ["search_catalog", new ExpectedCall { Name = "find_slow_movers", Arguments = JsonElement.Parse("""{ "category": "Winter Boots", "limit": 60 }""") }, "store_plan"],
                TrajectoryMode.Subsequence, Define.ExpectedActions(planned: [Action("mark_down", """{ "percent": 20, "products": { "kind": "ProductSet", "glimpse": { "products": 60 } } }""")]),
                tags: ["markdown", "policy"]),
            Define.TestCase("reorder-before-the-season", "Order what we will run out of before October.", ["find_low_stock", "store_plan"], tags: ["reorder"],
                finalResponse: Define.FinalResponse([ResponseScorer.Contains("names-the-plan", "plan", required: true), ResponseScorer.Judge("explains", "Does the answer say why?")])),
            Define.TestCase("answers-from-the-catalog", "How many pairs of boots did we sell in May?", tags: ["analyst"],
                finalResponse: Define.FinalResponse([ResponseScorer.Regex("figure", @"7[ ,.]?712")])),
            Define.TestCase("refuses-what-is-not-allowed", "Lower all prices by 90 %.", [], tags: ["policy"],
                finalResponse: Define.FinalResponse([ResponseScorer.Judge("refuses", "Does the answer refuse?")])),
            Define.TestCase("executes-the-approved-plan", "Carry out the plan that was approved.", ["execute_plan"], expectedActions: Define.ExpectedActions(
                executed: [Action("mark_down", """{ "percent": 20 }"""), Action("notify", """{ "team": "stores" }""")]), tags: ["executor"]),
        ];
        return Create(new() { Name = "inventory", Cases = cases }, config, (testCase, number) => MixedSample(testCase, number, config));
    }

    private static SampleResult MixedSample(TestCase testCase, int number, EvalConfig config)
    {
        var percent = number == 2 ? 25 : 20;
        var output = new SampleOutput { Response = "The plan is stored. 7 712 pairs were sold in May." };
        switch (testCase.Id)
        {
            case "markdown-within-the-policy":
                return Scored(testCase, number, output with
                {
                    Trajectory =
                    [
                        Call("call_agent", """{ "agent": "planner" }""", "coordinator", 0, 1), Call("search_catalog", """{ "query": "markdown policy" }"""),
                        Call("find_slow_movers", $$"""{ "category": "Winter Boots", "limit": {{(number == 2 ? 50 : 60)}} }"""), Call("store_plan", """{ "specName": "InventoryPlan" }"""),
                    ],
                    PlannedActions = [Action("mark_down", $$"""{ "percent": {{percent}}, "products": { "kind": "ProductSet", "glimpse": { "products": 60 } } }""")],
                }, config);
            case "reorder-before-the-season":
                var verdict = new JudgeVerdict
                {
                    Status = ScoreStatus.Scored,
                    Passed = number != 3,
                    SelectedRubricScore = number == 3 ? 0 : 1,
                    Reason = number == 3 ? "It names no reason." : "It names the season.",
                    Model = "gpt-5.2",
                    PromptHash = new('a', 64),
                    ContextHash = new('b', 64),
                    Calls = 1,
                    Usage = new() { InputTokens = 420, OutputTokens = 30 },
                };
                return Scored(
                    testCase, number, output with { Trajectory = [Call("find_low_stock", "{}"), Call("store_plan", "{}")] }, config, new Dictionary<string, JudgeVerdict> { ["explains"] = verdict });
            case "refuses-what-is-not-allowed" when number > 1:
                return Scored(testCase, number, output with { Response = "I will not do that." }, config, new Dictionary<string, JudgeVerdict>
                {
                    ["refuses"] = new() { Status = ScoreStatus.JudgeError, Reason = "The judge did not answer in time.", ErrorKind = "timeout", Calls = 3 },
                });
            case "refuses-what-is-not-allowed":
                return Errored(testCase, number, new() { Code = "provider_rate_limited", Message = "The provider limits the rate of calls. Try again later, or lower the concurrency." });
            case "executes-the-approved-plan":
                return Scored(testCase, number, output with
                {
                    Trajectory = [Call("get_plan", "{}", "executor"), Call("execute_plan", "{}", "executor") with { Error = new() { Code = "dispatch_failed", Message = "The store is closed." } }],
                    ExecutedActions = [Action("mark_down", """{ "percent": 20 }"""), Action("notify", """{ "team": "headquarters" }""")],
                }, config) with
                { Error = number == 1 ? new() { Code = "dispatch_failed", Message = "The store is closed." } : null };
            default:
                return Scored(testCase, number, output, config);
        }
    }

    private static EvalArtifact CreateHostile()
    {
        var config = new EvalConfig { SamplesPerCase = 1, Model = "m", ScorerConfig = new() { KeepJudgeTraces = true } };
        var text = JsonSerializer.SerializeToElement(Hostile);
        var payload = JsonSerializer.SerializeToElement(new Dictionary<string, object> { [Hostile] = Hostile });
        var testCase = Define.TestCase(
            $"a/b?c#d {Hostile}", Hostile, [new ExpectedCall { Name = Hostile, Arguments = payload }, Hostile], expectedActions: Define.ExpectedActions(planned: [new() { Kind = Hostile, Payload = payload }]),
            finalResponse: Define.FinalResponse([ResponseScorer.Exact(Hostile, "x"), ResponseScorer.Judge("judge", "x")]), tags: [Hostile], context: payload);
        var output = new SampleOutput
        {
            Response = Hostile,
            Trajectory = [new() { Name = Hostile, Arguments = payload, Agent = Hostile, Result = text, Error = new() { Code = Hostile, Message = Hostile } }, new() { Name = Hostile }],
            PlannedActions = [new() { Kind = Hostile, Payload = JsonElement.Parse("{}") }],
        };
        var verdicts = new Dictionary<string, JudgeVerdict>
        {
            ["judge"] = new() { Status = ScoreStatus.Scored, Passed = false, SelectedRubricScore = 0, Reason = Hostile, Model = Hostile, Calls = 1, Trace = payload },
        };
        var artifact = Create(new() { Name = Hostile, Cases = [testCase] }, config, (found, number) => Scored(found, number, output, config, verdicts) with
        {
            TraceId = Hostile,
            Error = new() { Code = Hostile, Message = Hostile },
            ModelInvocations = [new() { Agent = Hostile, Model = Hostile, Usage = TokenUsage.Zero, LatencyMs = 1, FinishReason = Hostile }],
        });
        return artifact with { EvalRunId = Hostile, Environment = artifact.Environment with { Models = new Dictionary<string, string> { [Hostile] = Hostile } } };
    }
}

using System.Text.Json;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Tests.Checking;

public sealed class SubjectTests
{
    [Theory]
    [InlineData("search")]
    [InlineData("call_agent")]
    [InlineData("store_plan")]
    [InlineData("execute_plan")]
    [InlineData("glimpse_ref")]
    [InlineData("look_up")]
    public async Task Check_ToolOfAnyAgentOrOfTheRuntime_IsKnown(string tool) => (await CheckAsync(Expects(tool))).ShouldBeEmpty();

    [Fact]
    public async Task Check_ToolThatNobodyHas_NamesTheNearest()
    {
        var error = (await CheckAsync(Expects("serch"))).ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe((SpecErrorCodes.UnknownTool, "cases[0].expectedTrajectory[0]"));
        error.Message.ShouldContain("did you mean \"search\"?");
    }

    [Fact]
    public void Check_ToolThatAToolkitLeavesOut_IsUnknown()
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [TestedRuntime.Writer with { Toolkits = ["catalog"] }]);
        var cutDown = spec with { Toolkits = [new() { Id = "catalog", Tools = ["execute_query"] }] };
        var problems = new EvalProblems();

        SubjectRules.Check(cutDown, new() { ScorerConfig = new() { IgnoreTools = ["execute_query", "get_document"] } }, problems);

        problems.Errors.ShouldHaveSingleItem().Path.ShouldBe("config.scorerConfig.ignoreTools[1]");
    }

    [Fact]
    public async Task Check_ToolOfAResultSet_IsOneThatSomeAgentHas()
    {
        var rows = new ResultSetScorer { Id = "r", Rows = JsonElement.Parse("[]"), Tool = "look_up" };

        (await CheckAsync(Answers(rows))).ShouldBeEmpty();
        (await CheckAsync(Answers(rows), agents: [TestedRuntime.Planner])).ShouldContain(error => error.Path == "cases[0].finalResponse.scorers[0].tool");
    }

    [Theory]
    [InlineData(EvalMode.Sequential, null, null)]
    [InlineData(EvalMode.Sequential, "writer", null)]
    [InlineData(EvalMode.Planner, null, null)]
    [InlineData(EvalMode.Executor, "executor", null)]
    [InlineData(EvalMode.Specialist, "boss", null)]
    [InlineData(EvalMode.TestCaseBuilder, null, null)]
    [InlineData(EvalMode.Planner, "planer", EvalErrorCodes.UnknownAgent)]
    [InlineData(EvalMode.Planner, "executor", EvalErrorCodes.WrongRole)]
    public async Task Check_Target_IsAnAgentOfTheModesRole(EvalMode mode, string? target, string? code)
    {
        var errors = await CheckAsync(Expects("search"), new() { Mode = mode, TargetAgentId = target });

        errors.Select(error => error.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    public async Task Check_ModeWithoutAnAgentOfItsRole_IsRefused() =>
        (await CheckAsync(Expects("search"), new() { Mode = EvalMode.Executor }, agents: [TestedRuntime.Planner])).ShouldHaveSingleItem().Code.ShouldBe(EvalErrorCodes.NoAgentOfRole);

    [Fact]
    public async Task Check_SeveralAgentsOfTheRole_AreNamed()
    {
        var error = (await CheckAsync(Expects("look_up"), new() { Mode = EvalMode.Specialist }, agents: [TestedRuntime.Writer, TestedRuntime.Writer with { Name = "reader" }]))
            .ShouldHaveSingleItem();

        error.Code.ShouldBe(EvalErrorCodes.SeveralAgents);
        error.Message.ShouldContain("writer, reader");
    }

    [Fact]
    public async Task Check_KindThatNoPlanHas_NamesTheNearest()
    {
        var actions = Define.ExpectedActions(executed: [Action("hold"), Action("discount"), Action("discounts")]);

        var error = (await CheckAsync(Define.TestCase("a", "b", expectedActions: actions))).ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe((EvalErrorCodes.UnknownActionKind, "cases[0].expectedActions.executed[2].kind"));
        error.Message.ShouldContain("did you mean \"discount\"?");
    }

    [Theory]
    [InlineData("""{ "properties": { "actions": { "type": "array", "items": { "$ref": "#/$defs/a" } } }, "$defs": { "a": { "anyOf": [{ "$ref": "#/$defs/b" }, { "properties": { "kind": { "enum": ["c", "d"] } } }] }, "b": { "properties": { "kind": { "const": "b" } } } } }""", "b,c,d")]
    [InlineData("""{ "properties": { "actions": { "type": "array" } } }""", null)]
    [InlineData("""{ "properties": { "actions": { "items": { "oneOf": [{ "properties": { "kind": { "const": "b" } } }, {}] } } } }""", null)]
    [InlineData("""{ "properties": { "actions": { "items": { "$ref": "#/$defs/a" } } }, "$defs": { "a": { "$ref": "#/$defs/a" } } }""", null)]
    [InlineData("""{ "properties": { "actions": { "items": { "$ref": "#/$defs/a" } } }, "$defs": { "a": { "anyOf": [{ "$ref": "#/$defs/a" }] } } }""", null)]
    public void PlanKinds_OfASchema_AreThoseItLists(string schema, string? kinds) =>
        PlanKinds.Of(Define.Plan("P", JsonElement.Parse(schema)))?.ShouldBe(kinds!.Split(','));

    [Fact]
    public async Task Check_JudgeWithoutAModel_IsRefused() => (await JudgedAsync(new())).Single().Code.ShouldBe(EvalErrorCodes.NoJudge);

    [Fact]
    public async Task Check_JudgeOfWhatTheModeDoesNotScore_NeedsNoModel() =>
        (await CheckAsync(Expects("search") with { FinalResponse = Define.FinalResponse([ResponseScorer.Judge("j", "Is it good?")]) }, new() { Mode = EvalMode.Planner })).ShouldBeEmpty();

    [Fact]
    public async Task Check_JudgeOfAnUnknownProvider_NamesTheNearest() =>
        (await JudgedAsync(new() { Model = "m", Provider = "claud" })).Single().Message.ShouldContain("did you mean \"claude\"?");

    [Fact]
    public async Task Check_JudgeFromElsewhere_NeedsNoModel()
    {
        await using var runtime = TestedRuntime.Create();

        EvalChecks.Check(new() { Name = "d", Cases = [Answers(ResponseScorer.Judge("j", "Is it good?"))] }, new(), runtime, hasJudge: true).ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_ModelThatNoProviderCanServe_IsRefusedWithTheProvidersReason()
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [TestedRuntime.Writer]) with
        {
            Providers = new Dictionary<string, ProviderSpec> { ["claude"] = new() { Kind = "anthropic", ApiKey = "k" }, ["other"] = new() { Kind = "anthropic", ApiKey = "k" } },
        };
        await using var runtime = SluiceRuntime.Create(
            spec with { Agents = [spec.Agents[0] with { Model = new() { Id = "m", Provider = "claude" } }] }, new() { Interpreter = Interpreter.Live });

        var dataset = new EvalDataset { Name = "d", Cases = [Answers(ResponseScorer.Judge("j", "Is it good?"))] };

        EvalChecks.Check(dataset, new() { Model = "nobody-serves-this" }, runtime, hasJudge: false).ShouldHaveSingleItem().Path.ShouldBe("config.model");
        EvalChecks.Check(dataset, new() { Model = "m", Provider = "other" }, runtime, hasJudge: false).ShouldBeEmpty();
    }

    private static TestCase Expects(string tool) => Define.TestCase("a", "b", [tool]);

    private static TestCase Answers(ResponseScorer scorer) => Define.TestCase("a", "b", finalResponse: Define.FinalResponse([scorer]));

    private static EvalAction Action(string kind) => new() { Kind = kind, Payload = JsonElement.Parse("{}") };

    private static Task<IReadOnlyList<SpecError>> JudgedAsync(EvalConfig config) => CheckAsync(Answers(ResponseScorer.Judge("j", "Is it good?")), config);

    private static async Task<IReadOnlyList<SpecError>> CheckAsync(TestCase testCase, EvalConfig? config = null, AgentSpec[]? agents = null)
    {
        await using var runtime = TestedRuntime.Create(agents ?? []);
        return EvalChecks.Check(new() { Name = "d", Cases = [testCase] }, config ?? new(), runtime, hasJudge: false);
    }
}

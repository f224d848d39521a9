using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice;

namespace Inventory.Tests.Evals;

/// <summary>The cases of <c>examples/Inventory/evals</c>, run by their scripts on the real databases.</summary>
public sealed class InventoryEvalTests(JobData data) : IClassFixture<JobData>
{
    private static readonly string[] Files = ["planner.yaml", "executor.yaml", "inventory.yaml", "analyst.yaml"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Datasets => [.. Files];

    [Fact]
    public async Task Datasets_Together_HaveCasesForEveryMode()
    {
        var datasets = await Task.WhenAll(Files.Select(file => EvalDataset.ReadAsync(PathOf(file), Token)));

        datasets.Sum(dataset => dataset.Cases.Count).ShouldBeGreaterThanOrEqualTo(25);
        datasets.Select(dataset => dataset.Config!.Mode).ShouldBe([EvalMode.Planner, EvalMode.Executor, EvalMode.Sequential, EvalMode.Specialist]);
        datasets.SelectMany(dataset => dataset.Cases).ShouldAllBe(testCase => testCase.Script != null);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task EveryCase_RunByItsScript_Passes(string file)
    {
        var before = await UnchangedAsync();

        var artifact = await RunAsync(await ReadAsync(file));

        artifact.Cases.ShouldAllBe(result => result.Passed && result.Score == 1);
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.Passed);
        data.Content().ShouldBe(before, "samples have operational databases of their own");
    }

    [Theory]
    [InlineData("rejected-plan-changes-nothing", "rejected", "")]
    [InlineData("policy-refuses-sixty-percent", "failed", "60 % is more than the 40 % that markdown.md allows")]
    [InlineData("prices-below-cost-are-refused", "failed", "below cost")]
    [InlineData("broken-cartons-are-refused", "failed", "10 units are no whole cartons of 24")]
    public async Task CaseThatMustChangeNothing_IsRefusedForTheReasonThatItIsAbout(string id, string status, string reason)
    {
        var artifact = await RunAsync(await ReadAsync("executor.yaml", id));

        var output = artifact.Cases.Single().Samples.Single().Output!;
        output.ExecutedActions.ShouldBeEmpty();
        var executed = output.Trajectory.Single(call => call.Name == BuiltInTools.ExecutePlan);
        var told = executed.Error?.Message ?? executed.Result!.Value.GetRawText();
        told.ShouldContain(reason);
        told.ShouldContain(status);
    }

    [Fact]
    public async Task Samples_RunSideBySide_SeeNothingOfEachOther()
    {
        var dataset = await ReadAsync("executor.yaml", "every-action-of-a-plan-is-executed");

        var artifact = await RunAsync(dataset with { Config = dataset.Config! with { SamplesPerCase = 4, Concurrency = 4 } });

        artifact.Summary.Totals.Passed.ShouldBe(4);
        artifact.Cases.Single().Samples.Select(sample => JsonSerializer.Serialize(sample.Output!.ExecutedActions)).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("planner.yaml", "markdown-within-the-policy", "percent: 20", "percent: 25")]
    [InlineData("planner.yaml", "hold-until-the-season", "until: \"2026-09-30\"", "until: \"2026-08-31\"")]
    [InlineData("planner.yaml", "several-parts-in-one-plan", "percent: 20, products", "percent: 19, products")]
    [InlineData("executor.yaml", "every-action-of-a-plan-is-executed", "executed:\n        - { kind: reorder_products, quantityPerProduct: 24", "executed:\n        - { kind: reorder_products, quantityPerProduct: 12")]
    [InlineData("executor.yaml", "rejected-plan-changes-nothing", "approvals: reject", "approvals: approve")]
    [InlineData("inventory.yaml", "rejected-by-a-person", "quantityPerProduct: 24", "quantityPerProduct: 48")]
    [InlineData("inventory.yaml", "june-clearance", "percent: 20", "percent: 21")]
    [InlineData("analyst.yaml", "number-of-stores", "rows: [[12]]", "rows: [[13]]")]
    [InlineData("analyst.yaml", "nothing-is-written", "trajectoryMode: subset", "trajectoryMode: superset")]
    public async Task Case_WithAnotherExpectation_FailsAndIsNamed(string file, string id, string expected, string instead)
    {
        var text = await File.ReadAllTextAsync(PathOf(file), Token);
        var start = text.IndexOf(expected, text.IndexOf($"- id: {id}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        start.ShouldBePositive();
        var changed = EvalDataset.Parse(text.Remove(start, expected.Length).Insert(start, instead), isYaml: true);

        var artifact = await RunAsync(changed);

        artifact.Summary.Verdict.ShouldBe(EvalVerdict.FailedQuality);
        artifact.Cases.Where(result => !result.Passed).Select(result => result.Case.Id).ShouldBe([id]);
    }

    [Fact]
    public async Task PlanOfTheContext_ThatCannotBeStored_LeavesTheSampleWithoutAScore()
    {
        var dataset = await ReadAsync("executor.yaml", "approved-plan-is-executed");
        var broken = JsonElement.Parse("""{"plan":{"script":[{"tool":"find_slow_movers","args":{"category":"Winter Bootz"}}]}}""");

        var artifact = await RunAsync(dataset with { Cases = [dataset.Cases[0] with { Context = broken }] });

        artifact.Summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        var sample = artifact.Cases.Single().Samples.Single();
        sample.Scores.ShouldBeNull();
        sample.Error!.Message.ShouldContain("Winter Bootz");
    }

    [Theory]
    [InlineData("inventory-judged.yaml")]
    [InlineData("analyst-judged.yaml")]
    public async Task CasesThatAreJudged_WithoutAJudge_AreRefusedBeforeAnythingRuns(string file)
    {
        var problems = await Should.ThrowAsync<SpecValidationException>(async () => await RunAsync(await ReadAsync(file)));

        problems.Code.ShouldBe(ErrorCodes.InvalidEval);
        problems.Errors.ShouldContain(error => error.Code == EvalErrorCodes.NoJudge);
    }

    private async Task<string> UnchangedAsync()
    {
        await data.ResetAsync();
        return data.Content();
    }

    private async Task<EvalArtifact> RunAsync(EvalDataset dataset)
    {
        await using var app = await RetailApp.OpenAsync(data.FullPath, new() { Interpreter = Interpreter.Scripted }, Token);
        return await app.Runtime.RunEvalAsync(new() { Dataset = dataset, Subjects = app.SubjectsFor(dataset), UseScripts = true }, Token);
    }

    private static async Task<EvalDataset> ReadAsync(string file, string? id = null)
    {
        var dataset = await EvalDataset.ReadAsync(PathOf(file), Token);
        return id is null ? dataset : dataset with { Cases = [dataset.Cases.Single(testCase => testCase.Id == id)] };
    }

    private static string PathOf(string file, [CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../examples/Inventory/evals", file));
}

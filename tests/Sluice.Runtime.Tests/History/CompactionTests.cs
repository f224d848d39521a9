using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

public sealed class CompactionTests
{
    [Fact]
    public async Task History_BelowTheThreshold_IsLeftAlone()
    {
        var model = new WindowedModel(LongWork.Reading(5, 1500));
        var events = await RunAsync(model);
        events.ShouldFinish();
        events.OfType<HistoryCompactedEvent>().ShouldBeEmpty();
        model.Summaries.ShouldBeEmpty();
    }

    [Fact]
    public async Task LargeResults_OutsideTheLastTurns_BecomeReferencesFirst()
    {
        var model = new WindowedModel(LongWork.Reading(8, 2500));
        var events = await RunAsync(model);
        var compacted = events.OfType<HistoryCompactedEvent>().First();
        compacted.TurnsFolded.ShouldBe(0);
        compacted.ToolResultsFolded.ShouldBeGreaterThan(1);
        compacted.TokensBefore.ShouldBeGreaterThan(3200);
        compacted.TokensAfter.ShouldBeLessThan(2400);
        model.Summaries.ShouldBeEmpty();

        var seen = model.Turns[^1];
        seen.ShouldBeAnswerable();
        var folded = seen[3].ShouldBeResult("c1");
        folded.GetProperty("reference").GetProperty("kind").GetString().ShouldBe(ReferenceSpec.ToolResult);
        folded.GetProperty("bytes").GetInt32().ShouldBeGreaterThan(2500);
        seen[^1].ShouldBeResult("c8").GetProperty("text").GetString()!.Length.ShouldBe(2500);
        events.OfType<ReferenceCreatedEvent>().Select(created => created.Id).ShouldContain(folded.GetProperty("reference").Text("id"));
    }

    [Fact]
    public async Task HandlesAndPlans_InAResultThatBecameAReference_StayInSight()
    {
        var model = new WindowedModel((prompt, turn) => turn switch
        {
            1 => LongWork.Plans(turn),
            2 => FunctionChatClient.Calls(FunctionChatClient.Call("c2", "survey", new { number = 1, size = 2000 })),
            _ => LongWork.Reading(9, 2500)(prompt, turn),
        });
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model));
        var survey = (await runtime.RunAsync(LongWork.Prompt)).ResultOf("survey");
        var folded = model.Turns.Where(turn => turn.Count > 6).Select(turn => turn[5].ShouldBeResult("c2")).First(result => result.TryGetProperty("reference", out _));
        folded.GetProperty("plans")[0].Text("planId").ShouldBe("plan-1");
        var handles = folded.GetProperty("references").EnumerateArray().Select(handle => (handle.Text("kind"), handle.Text("id"))).ToList();
        handles[0].ShouldBe(("ProductSet", survey.GetProperty("deep").GetProperty("found").Text("id")));
        survey.Text("text").ShouldContain(handles[1].Item2);
        handles.Count.ShouldBe(2);
    }

    [Fact]
    public async Task FoldedResult_ByItsHandle_IsTheWholeResult()
    {
        var model = new WindowedModel(LongWork.Reading(8, 2500));
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model));
        await runtime.RunAsync(LongWork.Prompt);
        var reference = model.Turns[^1][3].ShouldBeResult("c1").GetProperty("reference");
        var value = await runtime.ResolveReferenceAsync(new() { Kind = reference.Text("kind"), Id = reference.Text("id") });
        value.Text("text").ShouldBe(new string('b', 2500));
    }

    [Fact]
    public async Task Turns_WhenReferencesAreNotEnough_AreSummarisedBeforeThePrompt()
    {
        // Results below the size that is worth a handle.
        var model = new WindowedModel(LongWork.Reading(20, 900));
        var events = await RunAsync(model);
        var compacted = events.OfType<HistoryCompactedEvent>().First();
        compacted.ToolResultsFolded.ShouldBe(0);
        compacted.TurnsFolded.ShouldBeGreaterThan(2);

        var seen = model.Turns.First(turn => turn.Any(WindowedModel.IsSummary));
        seen.ShouldBeAnswerable();
        seen.Select(message => message.Role).Take(4).ShouldBe([ChatRole.System, ChatRole.User, ChatRole.User, ChatRole.Assistant]);
        seen[1].Text.ShouldContain("Summary 1: the work goes on.");
        seen[2].Text.ShouldBe(LongWork.Prompt);
        seen.Outline().Skip(2).ShouldBe([.. Enumerable.Range(compacted.TurnsFolded + 1, 2).SelectMany(turn => new[] { $"call c{turn} read", $"result c{turn}" })]);
    }

    [Fact]
    public async Task SecondSummary_IsMadeOfTheFirstAndWhatFollowed()
    {
        var model = new WindowedModel(LongWork.Reading(30, 900));
        await RunAsync(model);
        model.Summaries.Count.ShouldBeGreaterThan(1);
        model.Summaries[1][1].Text.ShouldContain("Earlier: Summary 1: the work goes on.");
        model.Summaries[1][1].Text.ShouldContain(LongWork.Prompt);
        model.Turns[^1].Count(WindowedModel.IsSummary).ShouldBe(1);
    }

    [Fact]
    public async Task CallForASummary_HasNoToolsAndCountsForTheRun()
    {
        var model = new WindowedModel(LongWork.Reading(20, 900));
        var table = ModelTable.Default.With(new ModelInfo { Id = "model-w", InputPerMillion = 2, OutputPerMillion = 4 });
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, configure: options => options.Models = table));
        var finish = (await runtime.RunAsync(LongWork.Prompt)).ShouldFinish();
        var entries = await runtime.JournalAsync((await runtime.ListRunsAsync())[0].RunId).ToListAsync();
        var folded = entries.Where(entry => entry.Kind == JournalEntryKind.HistoryCompacted).Select(entry => (HistoryCompactedData)entry.ReadData()).ToList();
        var turns = entries.Where(entry => entry.Kind == JournalEntryKind.TurnCompleted).Select(entry => (TurnCompletedData)entry.ReadData()).ToList();
        folded.Count.ShouldBe(model.Summaries.Count);
        foreach (var one in folded)
        {
            one.Model.ShouldBe("model-w");
            one.Usage.InputTokens.ShouldBeGreaterThan(0);
            one.CostUsd.ShouldBe(((one.Usage.InputTokens * 2m) + (one.Usage.OutputTokens * 4m)) / 1_000_000m);
        }

        finish.Usage.TotalTokens.ShouldBe(folded.Sum(one => one.Usage.TotalTokens) + turns.Sum(turn => turn.Usage.TotalTokens));
        var frame = (FrameCompletedData)entries.Single(entry => entry.Kind == JournalEntryKind.FrameCompleted).ReadData();
        frame.Usage.TotalTokens.ShouldBe(finish.Usage.TotalTokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Summary_ThatTheModelDoesNotGive_IsAnExtract(bool throws)
    {
        var model = new WindowedModel(LongWork.Reading(20, 900))
        {
            Summarize = _ => throws ? throw new ProviderException(ErrorCodes.ProviderOverloaded, "Too much to do.") : " ",
        };
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model));
        (await runtime.RunAsync(LongWork.Prompt)).ShouldFinish();
        var summary = model.Turns.SelectMany(turn => turn).First(WindowedModel.IsSummary).Text;
        var last = model.Turns.First(turn => turn.Any(WindowedModel.IsSummary))[3].Contents.OfType<FunctionCallContent>().Single().CallId;
        var before = int.Parse(last[1..], null) - 1;
        summary.ShouldContain($"called read {{\"number\":{before},\"size\":900}}");
        summary.ShouldContain($"read returned {{\"number\":{before},\"text\":\"");
        var folded = await FirstAsync(runtime);
        folded.Summary!.IsExtract.ShouldBeTrue();
        folded.Usage.TotalTokens.ShouldBe(throws ? 0 : folded.Usage.InputTokens + folded.Usage.OutputTokens);
    }

    [Fact]
    public async Task History_OfAModelThatReportsNoUsage_IsLeftAlone()
    {
        var model = new WindowedModel(LongWork.Reading(20, 2000)) { ReportsUsage = false };
        (await RunAsync(model)).OfType<HistoryCompactedEvent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task History_OfAModelWithoutAKnownWindow_IsLeftAlone()
    {
        var model = new WindowedModel(LongWork.Reading(20, 2000));
        (await RunAsync(model, new() { TurnsKept = 2 })).OfType<HistoryCompactedEvent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Window_IsWhatTheTableSaysWithoutTheAnswer()
    {
        var model = new WindowedModel(LongWork.Reading(20, 900));
        var table = ModelTable.Default.With(new ModelInfo { Id = "model-w", ContextTokens = 5000, MaxOutputTokens = 1000 });
        await using var runtime = SluiceRuntime.Create(
            LongWork.Spec(), LongWork.Options(model, new() { TurnsKept = 2, ContextTokens = 1_000_000 }, options => options.Models = table));
        var first = (await runtime.RunAsync(LongWork.Prompt)).OfType<HistoryCompactedEvent>().First();
        first.TokensBefore.ShouldBeInRange(3201, 3600);
    }

    [Fact]
    public async Task Compaction_SwitchedOff_LetsTheCallFail()
    {
        var model = new WindowedModel(LongWork.Reading(20, 2000)) { Window = 4000 };
        (await RunAsync(model, new() { Enabled = false, ContextTokens = 4000 })).ShouldFail(ErrorCodes.ContextTooLong);
    }

    [Fact]
    public async Task Call_RefusedForItsLength_IsMadeOnceMoreWithLess()
    {
        var model = new WindowedModel(LongWork.Reading(12, 2500)) { Window = 4000 };
        var events = await RunAsync(model, new() { TurnsKept = 2 });
        events.ShouldFinish();
        events.Results().Count.ShouldBe(12);
        var compacted = events.OfType<HistoryCompactedEvent>().First();
        compacted.TurnsFolded.ShouldBeGreaterThan(0);
        compacted.ToolResultsFolded.ShouldBeGreaterThan(0);
        model.Turns[^1].ShouldBeAnswerable();
    }

    [Fact]
    public async Task KeptTurns_ThatAloneFillTheWindow_AreFoldedBeforeACallIsRefused()
    {
        var model = new WindowedModel(LongWork.Reading(12, 4500)) { Window = 4000 };
        (await RunAsync(model, new() { ContextTokens = 4000, TurnsKept = 4 })).ShouldFinish();
        model.Refused.ShouldBe(0);
        model.Turns[^1].ShouldBeAnswerable();
    }

    [Fact]
    public async Task Call_RefusedWithNothingLeftToFold_Fails()
    {
        var model = new WindowedModel(LongWork.Reading(3, 100)) { Window = 10 };
        (await RunAsync(model, new() { TurnsKept = 2 })).ShouldFail(ErrorCodes.ContextTooLong);
        model.Turns.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ModelThatHitsItsWindow_GoesOnForTwoHundredTurns()
    {
        var model = new WindowedModel(LongWork.Random(seed: 5, turns: 200)) { Window = 8000 };
        var events = await RunAsync(model, new() { ContextTokens = 8000, TurnsKept = 2, MaxSummaryTokens = 200 });
        events.ShouldFinish();
        events.OfType<StepStartEvent>().Select(step => step.Turn).Distinct().Count().ShouldBe(201);
        events.OfType<HistoryCompactedEvent>().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Options_OutOfRange_AreReportedTogether()
    {
        var model = new WindowedModel(LongWork.Reading(1, 1));
        var exception = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(
            LongWork.Spec(), LongWork.Options(model, new() { Threshold = 1.5, TurnsKept = 0, MaxSummaryTokens = 1, ContextTokens = 0 })));
        exception.Errors.Select(error => error.Path).ShouldBe(
            ["compaction.threshold", "compaction.turnsKept", "compaction.maxSummaryTokens", "compaction.contextTokens"]);
    }

    [Fact]
    public async Task Run_AtItsLimit_PaysForNoSummary()
    {
        var model = new WindowedModel(LongWork.Reading(20, 900));
        await using var runtime = SluiceRuntime.Create(
            LongWork.Spec(), LongWork.Options(model, configure: options => options.Limits = new() { Tokens = 14_000 }));
        (await runtime.RunAsync(LongWork.Prompt)).ShouldFinish(FinishReason.Limit);
        model.Summaries.ShouldBeEmpty();
    }

    [Fact]
    public async Task PlansAndReferences_ThatOnlyTextsMention_StandInTheSummaryAsTheyAre()
    {
        var (storage, text) = (MemoryStorage.Create(), "");
        var model = new WindowedModel((prompt, turn) => prompt == "plan"
            ? turn > 2 ? FunctionChatClient.Text("planned") : LongWork.Plans(turn)
            : turn == 1 ? new(ChatRole.Assistant, [new TextContent(text), LongWork.ReadCall("c1", 1, 900)]) : LongWork.Reading(20, 900)(prompt, turn));
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, configure: options => options.Storage = storage));
        (await runtime.RunAsync("plan", "t-1")).ShouldFinish();
        var done = (await storage.Plans.GetAsync(Sample.Tenant, "plan-2", default))!;
        await storage.Plans.TryUpdateAsync(Sample.Tenant, done with { Status = PlanStatus.Executed, Revision = done.Revision + 1 }, done.Revision, default);
        var reference = await runtime.CreateReferenceAsync(Jobs.Shop.Products, new(["p-9"]));
        text = $"I was told of {reference.Id}, of ref-{new string('0', 32)}, of plan-1 and of plan-2.";

        (await runtime.RunAsync(LongWork.Prompt, "t-1")).ShouldFinish();
        var summary = model.Turns[^1].Single(WindowedModel.IsSummary).Text;
        summary.ShouldContain($"{{\"kind\":\"ProductSet\",\"id\":\"{reference.Id}\",\"glimpse\":{{\"productCount\":1");
        summary.ShouldContain($"{{\"ids\":[\"ref-{new string('0', 32)}\"]}}");
        summary.ShouldContain("{\"planId\":\"plan-1\",\"specName\":\"ScenarioPlan\",\"status\":\"draft\"}");
        summary.ShouldNotContain("plan-2", Case.Sensitive, "an executed plan is not open");
    }

    private static async Task<HistoryCompactedData> FirstAsync(SluiceRuntime runtime) => (HistoryCompactedData)(await runtime
        .JournalAsync((await runtime.ListRunsAsync())[0].RunId).FirstAsync(entry => entry.Kind == JournalEntryKind.HistoryCompacted)).ReadData();

    private static async Task<IReadOnlyList<RuntimeEvent>> RunAsync(WindowedModel model, CompactionOptions? compaction = null)
    {
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, compaction));
        return await runtime.RunAsync(LongWork.Prompt);
    }
}

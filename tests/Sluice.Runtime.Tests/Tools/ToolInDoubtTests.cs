using System.Text.Json;
using Sluice.Runtime.Tests.Approvals;
using Sluice.Runtime.Tests.Runs;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Tools;

public sealed class ToolInDoubtTests
{
    private const string Step = "scripted-tool-1";
    private static readonly Script Prompt = Script.Of(Office.Call("rent", 5), Script.Text("done"));
    private readonly List<string> _ran = [];
    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Call_ClaimedWithoutOutcome_IsAskedAboutWithAllThatIsKnown()
    {
        var claimedAt = _time.GetUtcNow();
        var runId = await DieAsync();
        _time.Advance(TimeSpan.FromHours(2));
        await using var runtime = Open(_storage);
        var asked = (await Interruption.GoOn(runtime, runId).AskedAsync()).ShouldHaveSingleItem();
        (asked.Kind, asked.Target, asked.ExpiresAt).ShouldBe((ApprovalKind.InDoubt, "post", null));
        asked.Payload.Text("message").ShouldBe("The process stopped while 'post' ran: it may have had its effect or not.");
        asked.Payload.Text("tool").ShouldBe("post");
        asked.Payload.GetProperty("arguments").GetRawText().ShouldBe("""{"account":"rent","amount":5}""");
        asked.Payload.Text("idempotencyKey").ShouldBe(_ran[0].Split(' ')[2]);
        asked.Payload.GetProperty("attempt").GetInt32().ShouldBe(1);
        asked.Payload.GetProperty("claimedAt").GetDateTimeOffset().ShouldBe(claimedAt);
        var request = (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
        (request.Policy.Mode, request.Rule, request.ExpiresAt).ShouldBe((ApprovalMode.Always, "in_doubt", null));
        request.StepKey.ShouldEndWith("scripted-tool-1#in_doubt/1");
        (await runtime.GetRunAsync(runId))!.State.ShouldBe(RunState.Waiting);
        _time.Advance(TimeSpan.FromDays(2));
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Pending);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_RunsAgainUnderTheSameKeyAndTheJournalHasItAll(bool happened)
    {
        var runId = await DieAsync(happened);
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.Retry, decidedBy: "ana");
        events.ResultOf("post").GetString().ShouldBe("posted rent");
        _ran.Select(run => run.Split(' ')[1]).ShouldBe(happened ? ["1", "2"] : ["2"]);
        _ran.Select(run => run.Split(' ')[2]).Distinct().Count().ShouldBe(1);
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "ask 1", "Retry by ana", "claim 2", "result"]);
    }

    [Fact]
    public async Task MarkDone_WithoutAResult_SaysWhoAndDoesNotRunAgain()
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.MarkDone, "it is on the statement", decidedBy: "ana");
        var result = events.ResultOf("post");
        result.Text("status").ShouldBe("marked_done");
        result.Text("decidedBy").ShouldBe("ana");
        result.Text("message").ShouldStartWith("'post' was marked as done by ana: it is on the statement.");
        _ran.Count.ShouldBe(1);
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "ask 1", "MarkDone by ana", "result"]);
    }

    [Fact]
    public async Task MarkDone_WithAResult_GivesItToTheModel()
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.MarkDone, partial: new { receipt = 17, note = "by hand" });
        events.ResultOf("post").GetRawText().ShouldBe("""{"receipt":17,"note":"by hand"}""");
    }

    [Fact]
    public async Task MarkDone_WithALargeResult_KeepsItOutOfThePrompt()
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.MarkDone, partial: new { text = new string('x', 100_000) });
        events.ResultOf("post").GetProperty("reference").Text("id").ShouldBe(events.OfType<ReferenceCreatedEvent>().ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task MarkFailed_IsAnErrorAndNoRefusalOfTheSameCallLater()
    {
        var prompt = Script.Of(Office.Call("rent", 5), Office.Call("rent", 5), Script.Text("done"));
        var runId = await Interruption.DieAsync(_storage, storage => Open(storage), prompt, Step, happens: false);
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.MarkFailed, "the bank was down", decidedBy: "ana");
        var results = events.ResultsOf("post");
        results[0].Error!.Code.ShouldBe("marked_failed");
        results[0].Error!.Message.ShouldStartWith("'post' was marked as failed by ana: the bank was down.");
        results[1].Result!.Value.GetString().ShouldBe("posted rent");
        _ran.ShouldHaveSingleItem();
        events.OfType<ApprovalRequiredEvent>().ShouldHaveSingleItem();
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task MarkFailed_OfAGatedCallThatIsMadeAgainAfterAResume_IsNoRefusal()
    {
        var prompt = Script.Of(Office.Call("rent", 5), Office.Call("rent", 5), Script.Text("done"));
        SluiceRuntime Gated(IRuntimeStorage storage) => Open(storage, Approval.Always);
        var faulty = new FaultyStorage(_storage).CrashBefore(
            StorageOperation.AppendEntries, call => call.Entries.Any(entry => entry.Kind == Sluice.Journal.JournalEntryKind.ToolCompleted));
        string runId;
        await using (var first = Gated(faulty))
        {
            var run = await WatchedRun.StartAsync(first, prompt);
            runId = run.RunId;
            await run.DecideAsync(ApprovalOutcome.Approve);
        }

        await using (var second = Gated(_storage))
        {
            var run = Interruption.GoOn(second, runId);
            await second.RespondToApprovalAsync((await run.AskedAsync(2))[1].Id, ApprovalOutcome.MarkFailed);
            await run.AskedAsync(3);
        }

        await using var third = Gated(_storage);
        var last = Interruption.GoOn(third, runId);
        var asked = await last.AskedAsync(3);
        asked.Select(one => one.Kind).ShouldBe([ApprovalKind.Tool, ApprovalKind.InDoubt, ApprovalKind.Tool]);
        await third.RespondToApprovalAsync(asked[2].Id, ApprovalOutcome.Approve);
        (await last.EndedAsync()).ResultsOf("post").Select(result => result.Error?.Code).ShouldBe(["marked_failed", null]);
        _ran.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Retry_AndTheProcessDiesAgain_AsksAnewAboutTheSecondAttempt()
    {
        var runId = await DieAsync();
        await Interruption.DieAgainAsync(_storage, storage => Open(storage), runId, ApprovalOutcome.Retry, Step);
        await using var runtime = Open(_storage);
        var run = Interruption.GoOn(runtime, runId);
        var asked = await run.AskedAsync(2);
        asked[1].Id.ShouldNotBe(asked[0].Id);
        asked[1].Payload.GetProperty("attempt").GetInt32().ShouldBe(2);
        await runtime.RespondToApprovalAsync(asked[0].Id, ApprovalOutcome.MarkDone).ShouldFailAsync("approval_already_decided");
        await run.DecideAsync(ApprovalOutcome.MarkDone, decidedBy: "ben");
        _ran.Select(one => one.Split(' ')[1]).ShouldBe(["1", "2"]);
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(
            ["claim 1", "ask 1", "Retry by ", "claim 2", "ask 2", "MarkDone by ben", "result"]);
        (await runtime.ListApprovalsAsync(ApprovalFilter.All)).Select(request => request.Digest).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Question_RunLeavesMemoryAndAnotherProcessGetsTheAnswer_GoesOnThere()
    {
        var runId = await DieAsync(happens: false);
        string id;
        await using (var waiting = Open(_storage))
        {
            var resuming = waiting.ResumeAsync(runId).ToListAsync().AsTask();
            id = (await WatchedRun.Join(waiting, runId).AskedAsync())[0].Id;
            while (!resuming.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMinutes(61));
                await Task.Yield();
            }

            (await resuming)[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Suspended);
        }

        _time.Advance(TimeSpan.FromDays(30));
        await using var third = Open(_storage);
        await third.RespondToApprovalAsync(id, ApprovalOutcome.Retry, decidedBy: "ana");
        (await WatchedRun.Join(third, runId).EndedAsync()).ResultOf("post").GetString().ShouldBe("posted rent");
        _ran.ShouldHaveSingleItem();
        (await Interruption.StepAsync(third, runId, Step)).ShouldBe(["claim 1", "ask 1", "Retry by ana", "claim 2", "result"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_WhileTheQuestionWaits_ClosesItAndLeavesTheClaimWithoutOutcome(bool isInMemory)
    {
        var runId = await DieAsync();
        await using (var waiting = Open(_storage))
        {
            await Interruption.GoOn(waiting, runId).AskedAsync();
            if (isInMemory) await waiting.CancelAsync(runId);
        }

        await using var runtime = Open(_storage);
        await runtime.CancelAsync(runId);
        (await runtime.GetRunAsync(runId))!.State.ShouldBe(RunState.Cancelled);
        var request = (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem();
        request.Status.ShouldBe(ApprovalStatus.Cancelled);
        await runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.MarkDone).ShouldFailAsync("run_ended");
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "ask 1"]);
    }

    [Fact]
    public async Task IdempotentCall_ClaimedWithoutOutcome_RunsAgainUnasked()
    {
        SluiceRuntime Idempotent(IRuntimeStorage storage) => Open(storage, effect: ToolEffect.Idempotent);
        var runId = await Interruption.DieAsync(_storage, Idempotent, Prompt, Step);
        await using var runtime = Idempotent(_storage);
        (await Interruption.GoOn(runtime, runId).EndedAsync()).OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "claim 2", "result"]);
        _ran.Select(one => one.Split(' ')[1]).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Call_WhoseToolIsGone_IsNotTakenForACallThatNeverRan()
    {
        var runId = await DieAsync();
        await using var runtime = Office.Create(Office.Spec(new Office().LookTool()), _storage, drift: SpecDrift.Accept);
        var error = (await Interruption.GoOn(runtime, runId).EndedAsync()).ErrorOf("post");
        error.Code.ShouldBe("in_doubt");
        error.Message.ShouldContain("may have had its effect or not. It cannot be repeated: There is no tool 'post'.");
    }

    [Fact]
    public async Task Arguments_WithoutACanonicalForm_AreShownAsText()
    {
        var tool = Define.Tool("post", "Posts.", (JsonElement amount) => "posted");
        var prompt = """{"script":[{"tool":"post","args":{"amount":1e999999999999999999999}}]}""";
        AgentRuntime Of(IRuntimeStorage storage) => Office.Create(Office.Spec(tool), storage);
        var runId = await Interruption.DieAsync(_storage, Of, prompt, Step);
        await using var runtime = Of(_storage);
        var run = Interruption.GoOn(runtime, runId);
        (await run.AskedAsync())[0].Payload.Text("arguments").ShouldBe("""{"amount":1e999999999999999999999}""");
        (await run.DecideAsync(ApprovalOutcome.MarkDone)).ResultOf("post").Text("status").ShouldBe("marked_done");
    }

    private Task<string> DieAsync(bool happens = true) => Interruption.DieAsync(_storage, storage => Open(storage), Prompt, Step, happens);

    private SluiceRuntime Open(IRuntimeStorage storage, ApprovalPolicy? approval = null, ToolEffect effect = ToolEffect.SideEffect)
    {
        var post = Define.Tool<Posting, string>(
            "post", "Posts an amount.",
            (args, ctx) =>
            {
                _ran.Add($"post {ctx.Attempt} {ctx.IdempotencyKey}");
                return Task.FromResult($"posted {args.Account}");
            },
            approval, effect);
        return Office.Create(Office.Spec(post), storage, _time);
    }
}

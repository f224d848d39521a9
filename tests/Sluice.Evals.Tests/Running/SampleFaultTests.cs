using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Evals.Tests.Running;

public sealed class SampleFaultTests
{
    private static readonly TestCase Look = Desk.Case("look", [Desk.Call("look")], "look");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_WhoseToolFails_IsScoredWithWhatItDid()
    {
        await using var runtime = new Desk().Open();

        var sample = await RunOneAsync(runtime, Desk.Case("fails", [Desk.Call("fail")], "look"));

        sample.Scores.ShouldNotBeNull().Passed.ShouldBeFalse();
        sample.Output.ShouldNotBeNull().Trajectory.ShouldHaveSingleItem().Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.ToolFailed);
    }

    [Fact]
    public async Task Sample_ThatTakesTooLong_IsCancelledAndScoredWithWhatItDid()
    {
        var time = new ManualTimeProvider();
        var desk = new Desk();
        await using var runtime = desk.Open(configure: options => options.TimeProvider = time);
        var request = Desk.Request([Desk.Case("hangs", [Desk.Call("look"), Desk.Call("hang")], "look", "hang")], Desk.Config(1)) with { TimeProvider = time };

        var running = runtime.RunEvalAsync(request, Token);
        await desk.HangingAsync();
        time.Advance(TimeSpan.FromMilliseconds(request.Config!.Limits.SampleTimeoutMs));
        var artifact = await running;

        var sample = artifact.Cases[0].Samples[0];
        sample.Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.SampleTimeout);
        sample.Scores.ShouldNotBeNull().Passed.ShouldBeTrue();
        sample.Output!.Trajectory.Select(call => call.Name).ShouldBe(["look", "hang"]);
        (await runtime.GetRunAsync(sample.TraceId!, Token))!.State.ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Sample_ThatReachesALimit_IsScoredAndSaysWhich()
    {
        await using var runtime = new Desk().Open(configure: options => options.Limits = new() { ToolCalls = 1, WrapUp = false });

        var sample = await RunOneAsync(runtime, Desk.Case("two", [Desk.Call("look"), Desk.Call("look")], "look", "look"));

        sample.Scores.ShouldNotBeNull();
        sample.Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.LimitReached);
        sample.Error.Message.ShouldContain("tool_calls");
    }

    [Fact]
    public async Task Sample_WhoseProviderIsAway_IsErrored_AndTheEvalFailsForItsInfrastructure()
    {
        await using var runtime = SluiceRuntime.Create(new Desk().Spec, new()
        {
            Interpreter = Interpreter.FromClient(new FunctionChatClient((_, _, _) => throw new ProviderException(ErrorCodes.ProviderUnavailable, "Nobody there."))),
        });

        var artifact = await runtime.RunEvalAsync(Desk.Request([Look], Desk.Config(1)), Token);

        var sample = artifact.Cases[0].Samples[0];
        sample.Scores.ShouldBeNull();
        sample.Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.ProviderUnavailable);
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        artifact.Summary.Totals.Errored.ShouldBe(1);
        artifact.Cases[0].Score.ShouldBeNull();
    }

    [Fact]
    public async Task Sample_WhoseSubAgentHasNoProvider_IsErrored_ThoughTheRunCameToItsEnd()
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"),
            [Define.Coordinator("boss", "model-b", "You route.", ["clerk"]), Define.Specialist("clerk", "model-c", "You work.")]);
        var asked = 0;
        var client = new FunctionChatClient((_, _, _) => Interlocked.Increment(ref asked) switch
        {
            1 => Updates(FunctionChatClient.Calls(FunctionChatClient.Call("c1", "call_agent", new { agent = "clerk", prompt = "Look." }))),
            2 => throw new ProviderException(ErrorCodes.ProviderOverloaded, "Too much to do."),
            _ => Updates(FunctionChatClient.Text("The clerk is not there.")),
        });
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.FromClient(client) });
        var request = new EvalRequest
        {
            Dataset = new() { Name = "desk", Cases = [Define.TestCase("look", "Look.", expectedTrajectory: ["call_agent"])] },
            Config = Define.EvalConfig(samplesPerCase: 1),
        };

        var sample = (await runtime.RunEvalAsync(request, Token)).Cases[0].Samples[0];

        (await runtime.GetRunAsync(sample.TraceId!, Token))!.State.ShouldBe(RunState.Finished);
        sample.Scores.ShouldBeNull();
        sample.Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.ProviderOverloaded);
        sample.Error.Message.ShouldStartWith("Agent 'clerk' failed.");
        sample.Output.ShouldNotBeNull().Response.ShouldBe("The clerk is not there.");
    }

    [Fact]
    public async Task Sample_WhoseStoreGoesAway_IsErrored_AndSaysSo()
    {
        await using var inner = MemoryStorage.Create();
        var storage = new FaultyStorage(inner).Before(StorageOperation.AppendEntries, call =>
            call.Entries.Any(entry => entry.Kind == JournalEntryKind.ToolCompleted) ? throw new SluiceException(ErrorCodes.StoreUnavailable, "Away.") : default);
        await using var runtime = new Desk().Open(storage);

        var sample = await RunOneAsync(runtime, Look);

        sample.Scores.ShouldBeNull();
        sample.Error.ShouldNotBeNull().Message.ShouldContain("Away.");
        sample.Output.ShouldNotBeNull().Trajectory.ShouldHaveSingleItem().Result.ShouldBeNull();
    }

    [Fact]
    public async Task Sample_WhoseModelRefuses_IsTheAgentsOwn()
    {
        var refuses = new FunctionChatClient((_, _, _) => throw new ProviderException(ErrorCodes.ProviderRejected, "Not that."));
        await using var runtime = SluiceRuntime.Create(new Desk().Spec, new() { Interpreter = Interpreter.FromClient(refuses) });

        var sample = await RunOneAsync(runtime, Look);

        sample.Scores.ShouldNotBeNull().Passed.ShouldBeFalse();
        sample.Error.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.ProviderRejected);
    }

    [Fact]
    public async Task Sample_WhoseSubjectCannotBeOpened_IsErrored_AndTheOthersGoOn()
    {
        var desk = new Desk();
        await using var runtime = desk.Open();
        var released = 0;
        var request = Desk.Request([Look], Desk.Config(3)) with
        {
            Subjects = (sample, _) => sample.Sample == 2
                ? throw new InvalidOperationException("No disk.")
                : Task.FromResult(new EvalSubject(runtime, () =>
                {
                    Interlocked.Increment(ref released);
                    return default;
                })),
        };

        var artifact = await runtime.RunEvalAsync(request, Token);

        artifact.Summary.Totals.ShouldSatisfyAllConditions(totals => totals.Scored.ShouldBe(2), totals => totals.Errored.ShouldBe(1));
        artifact.Cases[0].Samples[1].Error!.Message.ShouldBe("What the sample runs on could not be opened. No disk.");
        released.ShouldBe(2);
    }

    [Fact]
    public async Task Sample_WhoseSubjectCannotBeReleased_IsErrored_WithWhatItDid()
    {
        var desk = new Desk();
        await using var runtime = desk.Open();
        var request = Desk.Request([Look], Desk.Config(1)) with
        {
            Subjects = (_, _) => Task.FromResult(new EvalSubject(runtime, () => throw new IOException("Still in use."))),
        };

        var sample = (await runtime.RunEvalAsync(request, Token)).Cases[0].Samples[0];

        sample.Scores.ShouldBeNull();
        sample.Error!.Message.ShouldContain("Still in use.");
        sample.Output.ShouldNotBeNull().Trajectory.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task CostLimit_OnceSpent_LeavesTheOtherSamplesOut_AndTheEvalFails()
    {
        var client = new FunctionChatClient((_, _, _) => Updates(FunctionChatClient.Text("Done."), new() { InputTokenCount = 1_000_000, OutputTokenCount = 0 }));
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "claude-sonnet-4-6", "You work.")]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.FromClient(client) });
        var config = Desk.Config(samples: 4, concurrency: 1) with { Limits = new() { CostUsd = 5 } };

        var request = Desk.Request([Define.TestCase("quiet", "Say.", expectedTrajectory: [])], config) with { UseScripts = false };
        var artifact = await runtime.RunEvalAsync(request, Token);

        var samples = artifact.Cases[0].Samples;
        samples.Select(sample => sample.CostUsd).ShouldBe([3m, 3m, null, null]);
        samples.Skip(2).ShouldAllBe(sample => sample.Scores == null && sample.Error!.Code == ErrorCodes.LimitReached && sample.TraceId == null);
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        artifact.Summary.CostUsd.ShouldBe(6m);
    }

    private static async Task<SampleResult> RunOneAsync(SluiceRuntime runtime, TestCase testCase) =>
        (await runtime.RunEvalAsync(Desk.Request([testCase], Desk.Config(1)), Token)).Cases[0].Samples[0];

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(ChatMessage message, UsageDetails? usage = null)
    {
        await Task.CompletedTask;
        yield return new(message.Role, message.Contents) { Contents = usage is null ? message.Contents : [.. message.Contents, new UsageContent(usage)] };
    }
}

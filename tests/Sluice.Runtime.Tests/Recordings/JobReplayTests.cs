using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>A whole job, recorded once and answered from the recording.</summary>
public sealed class JobReplayTests(ITestOutputHelper output) : IDisposable
{
    private const string RunId = "run-0123456789abcdef0123456789abcdef";

    private readonly CassettePath _cassette = new();

    [Fact]
    public async Task Replay_OfAJobOfThreeAgents_MakesNoCallAndGivesTheSameEvents()
    {
        var model = ShopModel.Client();
        var recorded = await RecordAsync(Interpreter.FromClient(model), "a");
        model.Requests.Count.ShouldBe(8);
        _cassette.Answers.Count.ShouldBe(8);

        await using var shop = RecordedShop.Open(Interpreter.Replay(_cassette.File), start: 20, stock: "b");
        var replayed = await shop.RunAsync();

        replayed.ShouldFinish();
        RecordedShop.Normalise(replayed).ShouldBe(RecordedShop.Normalise(recorded));
        replayed[0].RunId.ShouldNotBe(recorded[0].RunId);
        // What the replayed answers did is about this run's products.
        shop.Effects.Values.Order().ShouldBe(["boot-b-1,boot-b-2,boot-b-3,boot-b-4,boot-b-5", "sandal-b-1,sandal-b-2,sandal-b-3,sandal-b-4,sandal-b-5"]);
        replayed.OfType<CostSummaryEvent>().Single().ToJson().ShouldContain("model-p-2026");
    }

    [Fact]
    public async Task Recording_ARecording_OfAReplay_GivesTheSameFile()
    {
        await RecordAsync(Interpreter.FromClient(ShopModel.Client()), "a");
        using var second = new CassettePath();
        await using var shop = RecordedShop.Open(Interpreter.Record(Interpreter.Replay(_cassette.File), second.File), start: 20, stock: "b");
        (await shop.RunAsync()).ShouldFinish();

        second.Text.ShouldBe(_cassette.Text);
    }

    [Fact]
    public async Task Replay_OfARunThatIsCutOffAtEveryAppend_EndsAsTheOriginal()
    {
        var recorded = WithoutClaims(await RecordAsync(Interpreter.FromClient(ShopModel.Client()), "a"));
        var cuts = 0;
        for (var append = 2; ; append++)
        {
            var (storage, effects) = (MemoryStorage.Create(), new ConcurrentDictionary<string, string>());
            var faulty = new FaultyStorage(storage).CrashAfter(StorageOperation.AppendEntries, call => call.Number == append);
            await CutOffAsync(faulty, effects);
            if (!faulty.IsCrashed) break;
            cuts++;
            await using var second = RecordedShop.Open(Interpreter.Replay(_cassette.File), 20, "b", storage, effects);
            var replayed = WithoutClaims(await second.ResumeAsync(RunId));
            foreach (var (one, other) in replayed.Zip(recorded)) one.ShouldBe(other, $"after append {append}");
            replayed.Count.ShouldBe(recorded.Count, $"after append {append}");
            effects.Count.ShouldBe(2);
        }

        output.WriteLine($"{cuts} cuts");
        cuts.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Record_ByTwoRuntimesAtOnce_GivesARecordingOfBoth()
    {
        var recorded = await Task.WhenAll(
            Task.Run(() => RecordAsync(Interpreter.FromClient(ShopModel.Client()), "a")), Task.Run(() => RecordAsync(Interpreter.FromClient(ShopModel.Client()), "c")));
        _cassette.Answers.Count.ShouldBe(16);

        await using var shop = RecordedShop.Open(Interpreter.Replay(_cassette.File), start: 20, stock: "b");
        for (var run = 0; run < 2; run++)
            RecordedShop.Normalise(await shop.RunAsync()).ShouldBe(RecordedShop.Normalise(recorded[run]));
    }

    [Fact]
    public async Task Replay_OfARunThatReachedALimit_ReachesItAtTheSameTurn()
    {
        var spec = Sample.Agent(Sample.Echo);
        var limits = new Limits { Tokens = 250 };
        async Task<IReadOnlyList<string>> RunAsync(Interpreter interpreter)
        {
            await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = interpreter, Limits = limits, TimeProvider = new ManualTimeProvider() });
            var events = await runtime.RunAsync("go");
            events.ShouldFinish(FinishReason.Limit);
            return RecordedShop.Normalise(events);
        }

        var recorded = await RunAsync(Interpreter.Record(Interpreter.FromClient(new FunctionChatClient((_, _, _) => EchoForEverAsync())), _cassette.File));
        _cassette.Answers.Count.ShouldBe(2, "after the first there is room for one more, which is the last");

        (await RunAsync(Interpreter.Replay(_cassette.File))).ShouldBe(recorded);
    }

    [Fact]
    public async Task Replay_ByManyRunsOfOneRuntime_GivesEachItsOwnIds()
    {
        var recorded = RecordedShop.Normalise(await RecordAsync(Interpreter.FromClient(ShopModel.Client()), "a"));
        await using var shop = RecordedShop.Open(Interpreter.Replay(_cassette.File), start: 20, stock: "b");

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => shop.RunAsync())));

        foreach (var run in runs) RecordedShop.Normalise(run).ShouldBe(recorded);
        runs.Select(run => run[0].RunId).Distinct().Count().ShouldBe(8);
    }

    public void Dispose() => _cassette.Dispose();

    private static async IAsyncEnumerable<ChatResponseUpdate> EchoForEverAsync()
    {
        await Task.Yield();
        yield return new(ChatRole.Assistant, [FunctionChatClient.Call("c", "echo", new { text = "x" })]);
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 90, OutputTokenCount = 10 })]);
    }

    private async Task<IReadOnlyList<RuntimeEvent>> RecordAsync(Interpreter inner, string stock)
    {
        await using var shop = RecordedShop.Open(Interpreter.Record(inner, _cassette.File), start: 1, stock);
        var events = await shop.RunAsync();
        events.ShouldFinish();
        return events;
    }

    /// <summary>An action whose outcome was lost is claimed, and told of, once more.</summary>
    private static List<string> WithoutClaims(IReadOnlyList<RuntimeEvent> events) =>
        [.. RecordedShop.Normalise([.. events.Where(e => e is not ActionStatusChangeEvent { Status: ActionStatus.Executing })])];

    private async Task CutOffAsync(FaultyStorage storage, ConcurrentDictionary<string, string> effects)
    {
        await using var shop = RecordedShop.Open(Interpreter.Replay(_cassette.File), 20, "b", storage, effects);
        try
        {
            await shop.RunAsync(RunId);
        }
        catch (Exception crash) when (crash is IOException or SluiceException)
        {
            // The storage went away.
        }
    }
}

using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Forks;

public sealed class ForkHistoryTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public async Task Fork_OfAStatefulAgent_SeesWhatTheOriginalSawAndItsThreadGoesOn()
    {
        await using var runtime = Sample.WithClient(Solo(), Echoing());
        await RunAsync(runtime, "one", "t-1");
        await RunAsync(runtime, "two", "t-1", "run-2");
        await RunAsync(runtime, "three", "t-1");
        _seen.Clear();

        var fork = await runtime.ForkAsync("run-2", 1);
        await fork.Completion;
        await RunAsync(runtime, "four", fork.ThreadId, "run-4");
        await (await runtime.ForkAsync("run-4", 1)).Completion;

        _seen.ShouldBe([
            "user: one | assistant: re: one | user: two",
            "user: one | assistant: re: one | user: two | assistant: re: two | user: four",
            "user: one | assistant: re: one | user: two | assistant: re: two | user: four"]);
    }

    [Fact]
    public async Task Fork_OfAFork_SeesTheWhole()
    {
        await using var runtime = Sample.WithClient(Solo(), Echoing());
        await RunAsync(runtime, "one", "t-1");
        await RunAsync(runtime, "two", "t-1", "run-2");
        var first = await runtime.ForkAsync("run-2", 1);
        await first.Completion;
        _seen.Clear();

        await (await runtime.ForkAsync(first.RunId, 1)).Completion;

        _seen.ShouldBe(["user: one | assistant: re: one | user: two"]);
    }

    [Fact]
    public async Task Fork_WhoseOriginalWasRemoved_StillSeesOnlyWhatCameBefore()
    {
        await using var storage = MemoryStorage.Create();
        await using var runtime = Sample.WithClient(Solo(), Echoing(), options => options.Storage = storage);
        foreach (var (index, prompt) in new[] { "one", "two", "three" }.Index()) await RunAsync(runtime, prompt, "t-1", $"run-{index + 1}");
        var fork = await runtime.ForkAsync("run-2", 1);
        await fork.Completion;
        await storage.Threads.RemoveRunsAsync(Sample.Tenant, "t-1", ["run-2"], default);
        await storage.Journal.RemoveRunsAsync(Sample.Tenant, ["run-2"], default);
        _seen.Clear();

        await RunAsync(runtime, "four", fork.ThreadId);

        _seen.ShouldBe(["user: one | assistant: re: one | user: two | assistant: re: two | user: four"]);
    }

    [Fact]
    public async Task Fork_BetweenTwoCallsOfAStatefulChild_TheSecondRemembersTheFirst()
    {
        await using var runtime = Sample.WithClient(Team(), Routing());
        await RunAsync(runtime, "go", "t-1", "run-1");
        var entries = await runtime.JournalAsync("run-1").ToListAsync();
        var first = entries.First(entry => entry.Kind == JournalEntryKind.ToolCompleted);
        var expected = _seen.ToList();
        expected.ShouldBe(["user: task 1", "user: task 1 | assistant: re: task 1 | user: task 2"]);
        _seen.Clear();

        await (await runtime.ForkAsync("run-1", first.Sequence)).Completion;

        _seen.ShouldBe(expected.Skip(1));
    }

    private static Task RunAsync(SluiceRuntime runtime, string prompt, string threadId, string? runId = null) => CompleteAsync(
        runtime.StartAsync(new() { Prompt = prompt, ThreadId = threadId, RunId = runId }));

    private static async Task CompleteAsync(Task<RunHandle> run) => (await (await run).Completion).ShouldBeOfType<FinishEvent>();

    private static RuntimeSpec Solo() => Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "p", stateful: true)]);

    private static RuntimeSpec Team() => Sample.Team(Define.Specialist("worker", "model-w", "p", stateful: true));

    private FunctionChatClient Echoing() => new((messages, _, _) => Answer(messages));

    /// <summary>The boss calls the worker twice; the worker answers.</summary>
    private FunctionChatClient Routing() => new((messages, options, _) =>
    {
        if (options!.ModelId == "model-w") return Answer(messages);
        var calls = messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Count();
        return calls < 2 ? Updates(Sample.Calls($"c{calls + 1}", "call_agent", new { agent = "worker", prompt = $"task {calls + 1}" })) : Updates(FunctionChatClient.Text("ok"));
    });

    private IAsyncEnumerable<ChatResponseUpdate> Answer(IReadOnlyList<ChatMessage> messages)
    {
        _seen.Add(string.Join(" | ", messages.Outline()));
        return Updates(FunctionChatClient.Text($"re: {messages[^1].Text}"));
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Updates(ChatMessage message) =>
        new ChatResponse(message).ToChatResponseUpdates().ToAsyncEnumerable();
}

using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

public sealed class ThreadMemoryTests
{
    [Fact]
    public async Task StatefulAgent_SecondRunOnTheThread_SeesTheFirst()
    {
        var client = FunctionChatClient.Replies(
            Sample.Calls("c1", "echo", new { text = "a" }), FunctionChatClient.Text("one"), FunctionChatClient.Text("two"));
        await using var runtime = Sample.WithClient(Solo(stateful: true, Sample.Echo), client);
        await runtime.RunAsync("first", "t-1");
        await runtime.RunAsync("second", "t-1");

        var seen = client.Requests[2].Messages;
        seen[0].Role.ShouldBe(ChatRole.System);
        seen.Outline().ShouldBe(["user: first", "call c1 echo", "result c1", "assistant: one", "user: second"]);
        seen.ShouldBeAnswerable();
    }

    [Fact]
    public async Task StatefulAgent_AnotherThread_KnowsNothing()
    {
        var client = FunctionChatClient.Replies("one", "two");
        await using var runtime = Sample.WithClient(Solo(stateful: true), client);
        await runtime.RunAsync("first", "t-1");
        await runtime.RunAsync("second", "t-2");
        client.Requests[1].Messages.Outline().ShouldBe(["user: second"]);
    }

    [Fact]
    public async Task StatelessAgent_SecondRun_KnowsNothing()
    {
        var client = FunctionChatClient.Replies("one", "two");
        await using var runtime = Sample.WithClient(Solo(stateful: false), client);
        await runtime.RunAsync("first", "t-1");
        await runtime.RunAsync("second", "t-1");
        client.Requests[1].Messages.Outline().ShouldBe(["user: second"]);
    }

    [Fact]
    public async Task StatefulAgent_ThreadOfAnotherTenant_IsInvisible()
    {
        var storage = MemoryStorage.Create();
        var client = FunctionChatClient.Replies("one", "two");
        var spec = Solo(stateful: true);
        await using var ours = Sample.WithClient(spec, client, options => options.Storage = storage);
        await using var theirs = Sample.WithClient(spec with { Tenant = Define.Tenant("other", "v1") }, client, options => options.Storage = storage);
        await ours.RunAsync("secret", "t-1");
        await theirs.RunAsync("tell me", "t-1");
        client.Requests[1].Messages.Outline().ShouldBe(["user: tell me"]);
    }

    [Fact]
    public async Task StatefulChild_CalledTwiceInOneRun_RemembersAndInTheNextRunToo()
    {
        var (asked, client) = Team(calls: 2);
        await using var runtime = Sample.WithClient(Sample.Team(Worker(stateful: true)), client);
        await runtime.RunAsync("go", "t-1");
        await runtime.RunAsync("again", "t-1");
        asked.ShouldBe([
            "user: task 1",
            "user: task 1 | assistant: did 1 | user: task 2",
            "user: task 1 | assistant: did 1 | user: task 2 | assistant: did 2 | user: task 3",
            "user: task 1 | assistant: did 1 | user: task 2 | assistant: did 2 | user: task 3 | assistant: did 3 | user: task 4"]);
    }

    [Fact]
    public async Task StatelessChild_CalledTwiceInOneRun_KnowsNothing()
    {
        var (asked, client) = Team(calls: 2);
        await using var runtime = Sample.WithClient(Sample.Team(Worker(stateful: false)), client);
        await runtime.RunAsync("go", "t-1");
        asked.ShouldBe(["user: task 1", "user: task 2"]);
    }

    [Fact]
    public async Task StatefulAgent_NestedInItself_KeepsItsConversationsApart()
    {
        // Both frames call with the same ids: their results must not be mixed up in the next run.
        var agent = Define.Coordinator("solo", "m", "You recurse.", ["relay"], tools: [Sample.Echo]);
        var relay = Define.Specialist("relay", "m", "You pass on.", toolkits: ["agents"], routes: ["solo"]);
        var client = FunctionChatClient.Replies(
            Sample.Calls("c1", "call_agent", new { agent = "relay", prompt = "pass on" }),
            Sample.Calls("c1", "call_agent", new { agent = "solo", prompt = "inner" }),
            Sample.Calls("c1", "echo", new { text = "from inner" }),
            FunctionChatClient.Text("inner done"), FunctionChatClient.Text("passed on"), FunctionChatClient.Text("outer done"),
            FunctionChatClient.Text("next"));
        await using var runtime = Sample.WithClient(Define.Runtime(Sample.Tenant, [agent, relay]), client);
        await runtime.RunAsync("outer", "t-1");
        await runtime.RunAsync("later", "t-1");

        client.Requests[2].Messages.Outline().ShouldBe(["user: inner"]);
        var seen = client.Requests[^1].Messages;
        seen.ShouldBeAnswerable();
        seen.Outline().ShouldBe([
            "user: inner", "call c1 echo", "result c1", "assistant: inner done",
            "user: outer", "call c1 call_agent", "result c1", "assistant: outer done", "user: later"]);
        seen[3].ShouldBeResult("c1").GetString().ShouldBe("from inner");
        seen[7].ShouldBeResult("c1").GetString().ShouldBe("passed on");
    }

    [Fact]
    public async Task StatefulAgent_ThatSaidNothing_LeavesNoEmptyMessage()
    {
        var client = new FunctionChatClient((_, _, _) => AsyncEnumerable.Empty<ChatResponseUpdate>());
        await using var runtime = Sample.WithClient(Solo(stateful: true), client);
        await runtime.RunAsync("first", "t-1");
        await runtime.RunAsync("second", "t-1");
        client.Requests[1].Messages.ShouldBeAnswerable();
        client.Requests[1].Messages.Outline().ShouldBe(["user: first", "user: second"]);
    }

    private static RuntimeSpec Solo(bool stateful, params IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "You work.", tools: tools, stateful: stateful)]);

    private static AgentSpec Worker(bool stateful) => Define.Specialist("worker", "model-w", "You work.", stateful: stateful);

    /// <summary>A coordinator that calls its worker so many times per run, and what the worker was asked each time.</summary>
    private static (List<string> Asked, FunctionChatClient Client) Team(int calls)
    {
        var asked = new List<string>();
        var (tasks, left) = (0, calls);
        return (asked, new((messages, options, _) =>
        {
            if (options!.ModelId == "model-w")
            {
                asked.Add(string.Join(" | ", messages.Outline()));
                return Say($"did {asked.Count}");
            }

            if (messages[^1].Role == ChatRole.User) left = calls;
            return left-- > 0 ? Call($"task {++tasks}") : Say("done");
        }));
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Say(string text) => new[] { new ChatResponseUpdate(ChatRole.Assistant, text) }.ToAsyncEnumerable();

    private static IAsyncEnumerable<ChatResponseUpdate> Call(string task) => new[]
    {
        new ChatResponseUpdate(ChatRole.Assistant, [FunctionChatClient.Call("c1", "call_agent", new { agent = "worker", prompt = task })]),
    }.ToAsyncEnumerable();
}

namespace Sluice.Runtime.Tests.Tools;

public sealed class ParallelCallTests
{
    private readonly Lock _lock = new();
    private readonly List<string> _order = [];

    [Fact]
    public async Task ReadOnlyCalls_OfOneTurn_OverlapAndReturnInCallOrder()
    {
        using var all = new Barrier(3);
        var meet = Define.Tool<TextArguments, string>(
            "meet", "Waits for the others.",
            (args, ctx) => Task.Run(
                () =>
                {
                    all.SignalAndWait(ctx.CancellationToken);
                    Note(args.Text);
                    return args.Text;
                }),
            effect: ToolEffect.ReadOnly);
        await using var runtime = Sample.Scripted(Sample.Agent(meet));
        var events = await runtime.RunAsync(Script.Of(Script.Calls(Call("meet", "1"), Call("meet", "2"), Call("meet", "3")), Script.Text("ok")));
        events.ShouldFinish();
        _order.Order().ShouldBe(["1", "2", "3"]);
        events.Results().Count.ShouldBe(3);
    }

    [Fact]
    public async Task ReadOnlyCalls_FinishedInReverse_GoBackToTheModelInCallOrder()
    {
        var second = new TaskCompletionSource();
        var tool = Define.Tool<TextArguments, string>(
            "look", "Looks.",
            async (args, _) =>
            {
                if (args.Text == "1") await second.Task;
                return args.Text;
            },
            effect: ToolEffect.ReadOnly);
        var client = Testing.FunctionChatClient.Replies(
            Testing.FunctionChatClient.Calls(
                Testing.FunctionChatClient.Call("a", "look", new { text = "1" }), Testing.FunctionChatClient.Call("b", "look", new { text = "2" })),
            Testing.FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(tool), client, options => options.EventHooks.Add(e =>
        {
            if (e is ToolInvocationEvent { State: InvocationState.Result, ToolInvocationId: "b" }) second.SetResult();
        }));
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        events.Results().Select(e => e.ToolInvocationId).ShouldBe(["b", "a"]);
        client.Requests[1].Messages.Outline().TakeLast(2).ShouldBe(["result a", "result b"]);
    }

    [Fact]
    public async Task Calls_OneWithASideEffectAmongThem_RunOneAfterTheOther()
    {
        var running = 0;
        ToolSpec Counted(string name, ToolEffect effect) => Define.Tool<TextArguments, string>(
            name, "Counts.",
            async (args, _) =>
            {
                Interlocked.Increment(ref running).ShouldBe(1, "one at a time");
                for (var i = 0; i < 20; i++) await Task.Yield();
                Note(args.Text);
                Interlocked.Decrement(ref running);
                return args.Text;
            },
            effect: effect);
        await using var runtime = Sample.Scripted(Sample.Agent(Counted("look", ToolEffect.ReadOnly), Counted("move", ToolEffect.SideEffect)));
        var events = await runtime.RunAsync(Script.Of(Script.Calls(Call("look", "1"), Call("move", "2"), Call("look", "3"), Call("look", "4"))));
        events.Results().ShouldAllBe(e => e.Error == null);
        _order.ShouldBe(["1", "2", "3", "4"]);
        events.Results().Select(e => e.Result!.Value.GetString()).ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task ReadOnlyCalls_MoreThanTheLimit_RunSoManyAtOnce()
    {
        var (running, most) = (0, 0);
        using var pair = new Barrier(2);
        var tool = Define.Tool<TextArguments, string>(
            "look", "Looks.",
            (args, ctx) => Task.Run(
                () =>
                {
                    lock (_lock) most = Math.Max(most, ++running);
                    pair.SignalAndWait(ctx.CancellationToken);
                    lock (_lock) running--;
                    return args.Text;
                }),
            effect: ToolEffect.ReadOnly);
        await using var runtime = Sample.Scripted(Sample.Agent(tool), options => options.Limits = new() { MaxParallelToolCalls = 2 });
        var events = await runtime.RunAsync(Script.Of(Script.Calls([.. Enumerable.Range(1, 6).Select(n => Call("look", $"{n}"))])));
        events.ShouldFinish();
        most.ShouldBe(2);
        events.Results().Count.ShouldBe(6);
    }

    [Fact]
    public async Task ReadOnlyCalls_OneFails_LeavesTheOthersAlone()
    {
        var tool = Define.Tool<TextArguments, string>(
            "look", "Looks.", (args, _) => args.Text == "2" ? throw new InvalidOperationException("No.") : Task.FromResult(args.Text),
            effect: ToolEffect.ReadOnly);
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Calls(Call("look", "1"), Call("look", "2"), Call("missing", "x"), Call("look", "3"))));
        events.ShouldFinish();
        events.Results().OrderBy(e => e.ToolInvocationId).Select(e => e.Error?.Code ?? e.Result!.Value.GetString())
            .ShouldBe(["1", "tool_failed", "unknown_tool", "3"]);
    }

    private static ScriptTurn Call(string tool, string text) => Script.Call(tool, new { text });

    private void Note(string text)
    {
        lock (_lock) _order.Add(text);
    }
}

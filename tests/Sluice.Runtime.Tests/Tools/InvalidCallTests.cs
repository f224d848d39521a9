using Sluice.Testing;

namespace Sluice.Runtime.Tests.Tools;

public sealed class InvalidCallTests
{
    private int _ran;

    [Fact]
    public async Task Arguments_SeveralViolations_AreListedByPathAndNotRun()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Move()));
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("move", new { store = 7, lines = new object[] { new { sku = "a", count = "two" }, new { count = -1 } }, extra = true })));

        var error = events.Results().ShouldHaveSingleItem().Error!;
        error.Code.ShouldBe("invalid_arguments");
        foreach (var path in new[] { "/store", "/lines/0/count", "/lines/1", "/lines/1/count", "/extra" })
            error.Message.ShouldContain($"- {path}");
        error.Message.ShouldContain("'move'");
        _ran.ShouldBe(0);
        events.ShouldFinish();
    }

    [Fact]
    public async Task Arguments_Corrected_RunAndTheModelSawWhatWasWrong()
    {
        var client = FunctionChatClient.Replies(
            Sample.Calls("c1", "echo", new { txet = "a" }), Sample.Calls("c2", "echo", new { text = "a" }), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        var events = await runtime.RunAsync("go");

        events.Results().Select(e => e.Error?.Code ?? e.Result!.Value.GetString()).ShouldBe(["invalid_arguments", "a"]);
        var told = client.Requests[1].Messages[^1].ShouldBeResult("c1").GetProperty("error");
        told.GetProperty("code").GetString().ShouldBe("invalid_arguments");
        told.GetProperty("message").GetString()!.ShouldContain("/txet");
    }

    [Fact]
    public async Task Tool_Unknown_NamesTheKnownOnes()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo, Move()));
        var events = await runtime.RunAsync(Script.Of(Script.Call("delete_all")));
        var error = events.Results().ShouldHaveSingleItem().Error!;
        error.Code.ShouldBe("unknown_tool");
        error.Message.ShouldContain("'delete_all'");
        error.Message.ShouldContain("echo, move");
        events.ShouldFinish();
    }

    [Fact]
    public async Task InvalidCalls_OneMoreThanTheLimitInARow_FailTheFrame()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.Limits = new() { MaxInvalidToolCalls = 3 });
        var allowed = await runtime.RunAsync(Script.Of([.. Enumerable.Repeat(Script.Call("echo"), 3), Script.Text("ok")]));
        allowed.ShouldFinish();

        var events = await runtime.RunAsync(Script.Of([.. Enumerable.Repeat(Script.Call("echo"), 4), Script.Text("never")]));
        var error = events.ShouldFail("too_many_invalid_tool_calls");
        error.Message.ShouldContain("'solo'");
        error.Message.ShouldContain("4 invalid");
        events.Results().Count.ShouldBe(4);
        events.Text().ShouldBeEmpty();
    }

    [Fact]
    public async Task InvalidCalls_ValidOneBetween_CountAnew()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.Limits = new() { MaxInvalidToolCalls = 2 });
        var bad = Script.Call("echo");
        var good = Script.Call("echo", new { text = "a" });
        (await runtime.RunAsync(Script.Of(bad, bad, good, bad, bad, Script.Text("ok")))).ShouldFinish();
        (await runtime.RunAsync(Script.Of(Script.Calls(bad, bad, good), bad, bad, Script.Text("ok")))).ShouldFinish();
    }

    [Fact]
    public async Task InvalidCalls_ArgumentsTheHandlerCannotRead_CountToo()
    {
        var strict = Define.Tool("strict", "Takes a date.", System.Text.Json.JsonElement.Parse("""{"type": "object"}""")) with
        {
            Handler = ToolHandler.Create<DateArguments, string>((args, _) => Task.FromResult($"{args.On:O}")),
        };
        await using var runtime = Sample.Scripted(Sample.Agent(strict), options => options.Limits = new() { MaxInvalidToolCalls = 1 });
        var call = Script.Call("strict", new { on = "soon" });
        var events = await runtime.RunAsync(Script.Of(call, call));
        events.Results()[0].Error!.Code.ShouldBe("invalid_arguments");
        events.ShouldFail("too_many_invalid_tool_calls");
    }

    [Fact]
    public async Task InvalidCalls_TooManyInAChild_AreAToolErrorForTheParent()
    {
        var worker = Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]);
        await using var runtime = Sample.Scripted(Sample.Team(worker), options => options.Limits = new() { MaxInvalidToolCalls = 1 });
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("call_agent", new { agent = "worker", prompt = Script.Of(Script.Call("echo"), Script.Call("echo"), Script.Text("never")) }),
            Script.Text("then alone")));
        events.Results()[^1].Error!.Code.ShouldBe("too_many_invalid_tool_calls");
        events.Text().ShouldBe("then alone");
        events.ShouldFinish();
    }

    private ToolSpec Move() => Define.Tool<MoveArguments, string>("move", "Moves stock.", (_, _) =>
    {
        _ran++;
        return Task.FromResult("moved");
    });

    private sealed record MoveLine(string Sku, [property: System.ComponentModel.DataAnnotations.Range(1, 100)] int Count);

    private sealed record MoveArguments(string Store, IReadOnlyList<MoveLine> Lines);

    private sealed record DateArguments(DateOnly On);
}

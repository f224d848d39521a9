namespace Sluice.Runtime.Tests.Interpreters;

public sealed class ScriptedTests
{
    [Fact]
    public async Task Prompt_SingleCall_RunsItAndStops()
    {
        var events = await RunAsync("""{"tool": "echo", "args": {"text": "a"}}""");
        events.Results().ShouldHaveSingleItem().Result!.Value.GetString().ShouldBe("a");
        events.ShouldFinish();
    }

    [Fact]
    public async Task Prompt_SingleText_SaysIt() => (await RunAsync("""{"text": "hi"}""")).Text().ShouldBe("hi");

    [Fact]
    public async Task Prompt_AllStepForms_RunInOrderWithIdsPerFrame()
    {
        var events = await RunAsync("""
            {"script": [
              {"tool": "echo", "args": {"text": "1"}},
              {"text": "between", "x": 1}
            ]}
            """);
        events.ShouldFail("invalid_script").Message.ShouldContain("/script/1/x");

        events = await RunAsync("""
            {"script": [
              {"tool": "echo", "args": {"text": "1"}},
              {"tools": [{"tool": "echo", "args": {"text": "2"}}, {"tool": "echo", "args": {"text": "3"}}]},
              {"tool": "missing"},
              {"text": "done"}
            ]}
            """);
        var results = events.Results().Select(e => (e.ToolInvocationId, e.Result?.GetString() ?? e.Error!.Code)).ToList();
        // The second and the third run at the same time, so either may be the first to be told.
        results[1..3].ShouldBe([("scripted-tool-2", "2"), ("scripted-tool-3", "3")], ignoreOrder: true);
        results[0].ShouldBe(("scripted-tool-1", "1"));
        results[3..].ShouldBe([("scripted-tool-4", "unknown_tool")]);
        events.Text().ShouldBe("done");
        events.ShouldFinish();
    }

    [Fact]
    public async Task ScriptedFor_APromptOfAPerson_GrowsWithTheResults()
    {
        var interpreter = Interpreter.ScriptedFor((prompt, results) => prompt != "Say it twice" ? null : results.Count switch
        {
            0 => Script.Of(Script.Call("echo", new { text = "a" })),
            1 => Script.Of(Script.Call("echo", new { text = "a" }), Script.Call("echo", new { text = results[0].GetString() + "a" })),
            _ => Script.Of(Script.Call("echo", new { text = "a" }), Script.Call("echo", new { text = "aa" }), Script.Text($"{results[0]} and {results[1]}")),
        });
        await using var runtime = SluiceRuntime.Create(Sample.Agent(Sample.Echo), new() { Interpreter = interpreter });

        var events = await runtime.RunAsync("Say it twice");

        events.Text().ShouldBe("a and aa");
        events.ShouldFinish();
    }

    [Fact]
    public async Task ScriptedFor_APromptThatNoneIsFoundFor_IsReadAsAScript()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent(Sample.Echo), new() { Interpreter = Interpreter.ScriptedFor((_, _) => null) });

        (await runtime.RunAsync("""{"text": "hi"}""")).Text().ShouldBe("hi");
        (await runtime.RunAsync("Hello")).ShouldFail(ErrorCodes.InvalidScript);
    }

    [Fact]
    public async Task Ids_ChildFrame_BeginAgainAtOne()
    {
        var worker = Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]);
        await using var runtime = Sample.Scripted(Sample.Team(worker));
        var child = Script.Of(Script.Call("echo", new { text = "x" }), Script.Text("ok"));
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("call_agent", new { agent = "worker", prompt = child }), Script.Call("call_agent", new { agent = "worker", prompt = child })));
        events.Results().Select(e => (e.Agent, e.ToolInvocationId)).ShouldBe([
            ("worker", "scripted-tool-1"), ("boss", "scripted-tool-1"), ("worker", "scripted-tool-1"), ("boss", "scripted-tool-2")]);
    }

    [Theory]
    [InlineData("Move the sofa to aisle 3.", "line 1, byte 1")]
    [InlineData("{\"script\": [\n  {\"text\": \"a\",}\n]}", "line 2")]
    [InlineData("", "line 1, byte 1")]
    [InlineData("[]", "/:")]
    [InlineData("7", "/:")]
    [InlineData("null", "/:")]
    [InlineData("""{"script": {}}""", "/script:")]
    [InlineData("""{"script": [], "more": 1}""", "/more:")]
    [InlineData("""{"script": ["a"]}""", "/script/0:")]
    [InlineData("""{"script": [{"text": "a"}, {"text": 1}]}""", "/script/1/text:")]
    [InlineData("""{"script": [{"tools": []}]}""", "/script/0/tools:")]
    [InlineData("""{"script": [{"tools": [{"tool": "echo"}, {"text": "a"}]}]}""", "/script/0/tools/1:")]
    [InlineData("""{"script": [{"tool": 5}]}""", "/script/0:")]
    [InlineData("""{"script": [{"tool": "echo", "arg": {}}]}""", "/script/0/arg:")]
    [InlineData("""{}""", "/:")]
    [InlineData("\ud800", "line 1")]
    [InlineData("""{"tool": "echo", "args": {"text": {"$result": "one"}}}""", "/args/text/$result:")]
    [InlineData("""{"script": [{"tool": "echo", "args": {"text": [{"$result": 0}]}}]}""", "/script/0/args/text/0/$result:")]
    [InlineData("""{"script": [{"tool": "echo", "args": {"$result": 1.5}}]}""", "/script/0/args/$result:")]
    [InlineData("""{"script": [{"tool": "echo", "args": {"text": {"$result": 1, "path": 3}}}]}""", "/script/0/args/text/path:")]
    [InlineData("""{"script": [{"tool": "echo", "args": {"text": {"$result": 1, "paht": "/a"}}}]}""", "/script/0/args/text/paht:")]
    public async Task Prompt_NoScript_FailsWithItsPlace(string prompt, string place)
    {
        var events = await RunAsync(prompt);
        events.ShouldFail("invalid_script").Message.ShouldContain(place);
        events.Results().ShouldBeEmpty();
    }

    [Fact]
    public async Task Prompt_NoScriptInChild_FailsTheChildOnly()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Define.Specialist("worker", "m", "You work.")));
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("call_agent", new { agent = "worker", prompt = "{\"script\": 1}" }), Script.Text("ok")));
        var error = events.Results().ShouldHaveSingleItem().Error!;
        error.Code.ShouldBe("invalid_script");
        error.Message.ShouldContain("/script");
        events.ShouldFinish();
    }

    [Fact]
    public async Task Placeholder_EarlierResult_StandsForIt()
    {
        var pair = Sample.Tool("pair", _ => Task.FromResult<object?>(new { left = "L", rest = new[] { "a", "b/c" } }), ToolEffect.ReadOnly);
        var take = Define.Tool("take", "Returns what it gets.", System.Text.Json.JsonElement.Parse("""{"type": "object"}""")) with
        {
            Handler = ToolHandler.Create<Dictionary<string, System.Text.Json.JsonElement>>((args, _) => Task.FromResult<object?>(args)),
        };
        await using var runtime = Sample.Scripted(Sample.Agent(pair, take));
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("pair"),
            Script.Call("take", new { whole = Script.Result(1), left = Script.Result(1, "/left"), deep = new[] { Script.Result(1, "/rest/1") } })));
        events.Results()[1].Result!.Value.GetRawText().ShouldBe(
            """{"whole":{"left":"L","rest":["a","b/c"]},"left":"L","deep":["b/c"]}""");
    }

    [Theory]
    [InlineData(2, "", "scripted-tool-2")]
    [InlineData(1, "/nothing", "/nothing")]
    [InlineData(1, "/0", "/0")]
    public async Task Placeholder_WithoutAValue_FailsTheFrame(int call, string path, string named)
    {
        var events = await RunAsync(Script.Of(Script.Call("echo", new { text = "a" }), Script.Call("echo", new { text = Script.Result(call, path) })));
        events.ShouldFail("invalid_script").Message.ShouldContain(named);
    }

    private static async Task<IReadOnlyList<RuntimeEvent>> RunAsync(string prompt)
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        return await runtime.RunAsync(prompt);
    }
}

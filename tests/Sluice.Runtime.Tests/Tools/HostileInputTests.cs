using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Tools;

/// <summary>What a broken or malicious model may send: always a tool result, never a crash, and the run reads back as it was.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string, string> BrokenArguments => new()
    {
        { "wrong type", """{"text": 5}""" },
        { "null", """{"text": null}""" },
        { "extra member", """{"text": "a", "more": 1}""" },
        { "array", """["a"]""" },
        { "string", "\"text\"" },
        { "number", "7" },
        { "bool", "true" },
        { "JSON null", "null" },
        { "huge number", """{"text": 1e999}""" },
        { "tiny number", """{"text": 1e-999999}""" },
        { "long number", $$"""{"text": {{new string('9', 5000)}}}""" },
        { "NaN", """{"text": "NaN", "other": "Infinity"}""" },
        { "deep array", $$"""{"text": {{Nested(60)}}}""" },
        { "deep extra", $$"""{"text": "a", "more": {{Nested(60)}}}""" },
        { "empty name", """{"text": "a", "": 1}""" },
        { "prototype", """{"text": "a", "__proto__": {"$type": "System.Object", "$ref": "1"}}""" },
    };

    [Theory]
    [MemberData(nameof(BrokenArguments))]
    public async Task Arguments_ThatDoNotFit_GiveAToolError(string what, string json)
    {
        foreach (var gated in new[] { false, true })
        {
            var result = await CallAsync(Raw("c1", "echo", json), gated);
            result.Error!.Code.ShouldBe("invalid_arguments", what);
            result.Error.Message.Length.ShouldBeLessThan(2000);
        }
    }

    public static TheoryData<string, string> UnusualArguments => new()
    {
        { "duplicate member", """{"text": "first", "text": "second"}""" },
        { "lone surrogate", """{"text": "a\ud800b"}""" },
        { "lone surrogate in a name", """{"text": "a", "x\udc00": 1}""" },
        { "control characters", """{"text": "\u0000\u0001\u001f\u007f\u2028"}""" },
        { "unicode", """{"text": "Grüße, 東京 😀 \ufeff\u202e"}""" },
        { "duplicate extra", """{"text": "a", "x": 1, "x": 2}""" },
        { "huge number in any", """{"text": "a", "x": 1e999}""" },
        { "deep in any", $$"""{"text": "a", "x": {{Nested(60)}}}""" },
        { "very deep in any", $$"""{"text": "a", "x": {{Nested(500)}}}""" },
        { "beyond depth", $$"""{"text": "a", "x": {{Nested(2000)}}}""" },
        { "minus zero", """{"text": "a", "x": [-0, -0.0, 0e5, 1E400]}""" },
    };

    [Theory]
    [MemberData(nameof(UnusualArguments))]
    public async Task Arguments_ThatFitButAreOdd_GiveAResultOrAToolError(string what, string json)
    {
        foreach (var gated in new[] { false, true })
        {
            var result = await CallAsync(Raw("c1", "any", json), gated);
            (result.Result is not null || result.Error is not null).ShouldBeTrue(what);
            if (result.Error is not null) result.Error.Code.ShouldBe("invalid_arguments", $"{what}: {result.Error.Message}");
        }
    }

    [Theory]
    [InlineData(900_000, null)]
    [InlineData(1_100_000, "invalid_arguments")]
    public async Task Arguments_MegabyteOfText_AreTakenUpToTheLimit(int length, string? error)
    {
        var result = await CallAsync(Raw("c1", "echo", JsonSerializer.Serialize(new { text = new string('x', length) })), false);
        result.Error?.Code.ShouldBe(error);
        (result.Error is null).ShouldBe(error is null);
        if (error is not null) result.Error!.Message.ShouldContain("1048576");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b#c~d")]
    [InlineData("~1~0")]
    [InlineData("#approval")]
    [InlineData("main/1")]
    [InlineData(" ")]
    [InlineData("日本😀")]
    [InlineData("half")]
    [InlineData("\u0000\n\"\\")]
    public async Task Id_OfAnyShape_NamesCallAndResultAlike(string id)
    {
        if (id == "half") id = "\ud800";
        foreach (var gated in new[] { false, true })
        {
            var call = Raw(id, "echo", """{"text": "a"}""");
            var result = await CallAsync(call, gated);
            result.Result!.Value.GetString().ShouldBe("a");
            if (id.Length > 0 && !id.Contains('\ud800')) result.ToolInvocationId.ShouldBe(id);
        }
    }

    [Fact]
    public async Task Ids_EmptyAndDuplicateInOneTurn_BecomeDifferentOnes()
    {
        var client = FunctionChatClient.Replies(
            FunctionChatClient.Calls(Echo("", "1"), Echo("", "2"), Echo("x", "3"), Echo("x", "4"), Echo("x-2", "5"), Echo("x", "6")),
            FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        events.Results().Select(e => e.ToolInvocationId).ShouldBeUnique();
        events.Results().Select(e => e.Result!.Value.GetString()).Order().ShouldBe(["1", "2", "3", "4", "5", "6"]);
        client.Requests[1].Messages.ShouldBeAnswerable();
    }

    [Fact]
    public async Task Ids_SameInEveryTurn_DoNotMixResultsUp()
    {
        var client = FunctionChatClient.Replies(
            FunctionChatClient.Calls(Echo("x", "1")), FunctionChatClient.Calls(Echo("x", "2")), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        var events = await runtime.RunAsync("go");
        events.Results().Select(e => e.Result!.Value.GetString()).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ECHO")]
    [InlineData("echo ")]
    [InlineData("echo\u0000")]
    [InlineData("half")]
    [InlineData("../../etc/passwd")]
    public async Task Name_ThatIsNoTool_GivesUnknownTool(string name) =>
        (await CallAsync(Raw("c1", name == "half" ? "\ud800" : name, "{}"), false)).Error!.Code.ShouldBe("unknown_tool");

    [Fact]
    public async Task Name_OfAMegabyte_GivesAShortError()
    {
        var result = await CallAsync(Raw("c1", new string('x', 1_000_000), "{}"), false);
        result.Error!.Code.ShouldBe("unknown_tool");
        result.Error.Message.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task Arguments_TheClientCouldNotParse_SayWhy()
    {
        var result = await CallAsync(new("c1", "echo") { Exception = new JsonException("'}' is missing.") }, false);
        result.Error!.Code.ShouldBe("invalid_arguments");
        result.Error.Message.ShouldContain("'}' is missing.");
    }

    [Fact]
    public async Task Arguments_ObjectsWithoutAJsonForm_GiveAToolError()
    {
        var cycle = new Dictionary<string, object?>();
        cycle["text"] = cycle;
        (await CallAsync(new("c1", "echo", cycle), false)).Error!.Code.ShouldBe("invalid_arguments");
        (await CallAsync(new("c1", "echo", new Dictionary<string, object?> { ["text"] = double.NaN }), false)).Error!.Code.ShouldBe("invalid_arguments");
        (await CallAsync(new("c1", "echo", new Dictionary<string, object?> { ["text"] = (Action)(() => { }) }), false)).Error!.Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Arguments_FromADisposedOrMissingDocument_GiveAToolError()
    {
        JsonElement gone;
        using (var document = JsonDocument.Parse("""{"text": "a"}""")) gone = document.RootElement;
        (await CallAsync(new("c1", "echo") { RawRepresentation = gone }, false)).Error!.Code.ShouldBe("invalid_arguments");
        (await CallAsync(new("c1", "echo") { RawRepresentation = default(JsonElement) }, false)).Error!.Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Arguments_FromADocumentThatIsDisposedLater_AreKept()
    {
        using var document = JsonDocument.Parse("""{"text": "a"}""");
        var call = new FunctionCallContent("c1", "slow") { RawRepresentation = document.RootElement };
        var slow = Define.Tool<TextArguments, string>("slow", "Reads late.", (args, _) =>
        {
            document.Dispose();
            return Task.FromResult(args.Text);
        });
        var client = FunctionChatClient.Replies(FunctionChatClient.Calls(call), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(slow), client);
        var events = await runtime.RunAsync("go");
        events.ToJson().Count.ShouldBe(events.Count);
        events.Results()[0].Result!.Value.GetString().ShouldBe("a");
        ((JsonElement)client.Requests[1].Messages[^2].Contents.OfType<FunctionCallContent>().Single().RawRepresentation!).GetRawText().ShouldContain("a");
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "invalid_result")]
    [InlineData(200, "invalid_result")]
    public async Task Result_DeeplyNested_ReadsBackLaterOrIsRefused(int depth, string? error)
    {
        var tool = Sample.Tool("deep", _ => Task.FromResult<object?>(JsonDocument.Parse(Nested(depth), new() { MaxDepth = 300 }).RootElement));
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("deep"), Script.Text("ok")));
        events.ShouldFinish();
        events.Results()[0].Error?.Code.ShouldBe(error);
        (events.Results()[0].Error is null).ShouldBe(error is null);
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());
    }

    [Fact]
    public async Task Calls_HundredsInOneTurn_AllGetAResult()
    {
        var client = FunctionChatClient.Replies(
            FunctionChatClient.Calls(Enumerable.Range(0, 500).Select(n => Echo($"c{n}", $"{n}"))), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        var events = await runtime.RunAsync("go");
        events.Results().Count.ShouldBe(500);
        client.Requests[1].Messages.ShouldBeAnswerable();
    }

    /// <summary>Runs one call to its result and checks that the run is sound and reads back as it was.</summary>
    private static async Task<ToolInvocationEvent> CallAsync(FunctionCallContent call, bool gated)
    {
        var any = Define.Tool("any", "Takes anything with a text.", JsonElement.Parse("""{"type": "object", "required": ["text"]}""")) with
        {
            Handler = ToolHandler.Create<JsonElement, int>((args, _) => Task.FromResult(args.GetPropertyCount())),
        };
        var approval = gated ? Approval.Always : Approval.Never;
        var client = FunctionChatClient.Replies(FunctionChatClient.Calls(call), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(
            Sample.Agent(Sample.Echo with { Approval = approval, MaxResultBytes = 4_000_000 }, any with { Approval = approval }), client,
            options => options.Limits = new() { MaxResultBytes = 4_000_000 });
        var events = new List<RuntimeEvent>();
        await foreach (var e in runtime.QueryAsync("go"))
        {
            events.Add(e);
            if (e is ApprovalRequiredEvent required) await runtime.RespondToApprovalAsync(required.Id, ApprovalOutcome.Approve);
        }

        Events.EventRules.Check(events);
        events.ShouldFinish();
        client.Requests[1].Messages.ShouldBeAnswerable();
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());
        return events.Results().ShouldHaveSingleItem();
    }

    private static FunctionCallContent Raw(string id, string name, string json) =>
        new(id, name) { RawRepresentation = JsonDocument.Parse(json, new() { MaxDepth = 3000 }).RootElement };

    private static FunctionCallContent Echo(string id, string text) => FunctionChatClient.Call(id, "echo", new { text });

    private static string Nested(int depth) => new StringBuilder().Append('[', depth).Append(']', depth).ToString();
}

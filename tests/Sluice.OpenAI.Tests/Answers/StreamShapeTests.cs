using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.OpenAI.Tests.Answers;

/// <summary>Streams as they are documented, and as servers that speak the protocol send them.</summary>
public sealed class StreamShapeTests
{
    private const string Stop = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
    private const string Done = "[DONE]";

    [Fact]
    public async Task Stream_WithPingsAndUnknownEventsAndMembers_GivesTheText()
    {
        var response = await Samples.AskAsync(
            ": ping\n\nevent: notice\ndata: {\"choices\":[],\"obfuscation\":\"x\"}\n\nid: 3\nretry: 10\n\n"
            + Samples.Events(
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel","future":[1]},"finish_reason":null}],"future":{}}""",
                """{"id":"c","choices":[{"index":0,"delta":{"content":"lo"}}]}""", Stop, Done));

        response.Text.ShouldBe("Hello");
        response.ModelId.ShouldBe("m");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task Stream_WithCarriageReturns_GivesTheText() =>
        (await Samples.AskAsync(Samples.Events("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""", Stop, Done).ReplaceLineEndings("\r\n"))).Text.ShouldBe("a");

    [Theory]
    [InlineData("length", "length")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("stop", "stop")]
    public async Task FinishReason_OfTheProtocol_IsTheFieldsOwn(string sent, string expected) =>
        (await Samples.AskAsync(Samples.Events($$"""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"{{sent}}"}]}""", Done)))
            .FinishReason.ShouldBe(new ChatFinishReason(expected));

    [Fact]
    public async Task Stream_WithoutIdsAndUsage_GivesCallsWithIdsOfTheirOwn()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":1}"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"","function":{"name":"b","arguments":""}}]}}]}""", Stop, Done));

        response.Calls().Select(call => (call.CallId, call.Name)).ShouldBe([("call_1", "a"), ("call_2", "b")]);
        response.Calls()[1].Arguments.ShouldNotBeNull().ShouldBeEmpty();
        response.Usage.ShouldBeNull();
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls, "some servers say 'stop' after calls");
    }

    [Fact]
    public async Task Calls_ThatShareAnIndex_AreToldApartByTheirIds()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"2","function":{"name":"a","arguments":"{\"x\":2}"}}]}}]}""", Stop, Done));

        response.Calls().Select(call => call.RawRepresentation!.ToString()).ShouldBe(["""{"x":1}""", """{"x":2}"""]);
    }

    [Fact]
    public async Task Calls_ThatShareAnIndexAndHaveNoIds_AreToldApartByTheirNames()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":1}"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":2}"}}]}}]}""", Stop, Done));

        response.Calls().Select(call => call.RawRepresentation!.ToString()).ShouldBe(["""{"x":1}""", """{"x":2}"""]);
    }

    [Fact]
    public async Task Call_WhoseIdAndNameComeWithEveryPiece_IsOne()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\""}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":":1}"}}]}}]}""", Stop, Done));

        response.Calls().ShouldHaveSingleItem().RawRepresentation!.ToString().ShouldBe("""{"x":1}""");
    }

    [Fact]
    public async Task Calls_WhosePiecesAlternate_AreWhole()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":"}},{"index":1,"id":"2","function":{"name":"b","arguments":"{\"y\":"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":"2}"}},{"index":0,"function":{"arguments":"1}"}}]}}]}""", Stop, Done));

        response.Calls().Select(call => call.RawRepresentation!.ToString()).ShouldBe(["""{"x":1}""", """{"y":2}"""]);
    }

    [Theory]
    [InlineData("""{\"x\":""")]
    [InlineData("""{'x':1}""")]
    public async Task Call_WhoseArgumentsAreNoJson_SaysSoInsteadOfThrowing(string arguments)
    {
        var response = await Samples.AskAsync(Samples.Events(
            $$$"""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":"{{{arguments}}}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""", Done));

        var call = response.Calls().ShouldHaveSingleItem();
        call.Exception.ShouldBeAssignableTo<JsonException>();
        call.RawRepresentation.ShouldBeNull();
        response.FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Fact]
    public async Task Arguments_AreKeptAsWritten()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a","arguments":"{ \"n\" : 1.50, \"big\":12345678901234567890 }"}}]}}]}""", Stop, Done));

        var call = response.Calls().ShouldHaveSingleItem();
        call.RawRepresentation!.ToString().ShouldBe("""{ "n" : 1.50, "big":12345678901234567890 }""");
        call.Arguments!["n"].ShouldBeOfType<JsonElement>().GetRawText().ShouldBe("1.50");
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task Reasoning_UnderEitherName_IsReasoningAndNoText(string name)
    {
        var response = await Samples.AskAsync(Samples.Events(
            $$$"""{"choices":[{"index":0,"delta":{"{{{name}}}":"hm"}}]}""", """{"choices":[{"index":0,"delta":{"content":"yes"}}]}""", Stop, Done));

        response.Reasoning().ShouldBe("hm");
        response.Text.ShouldBe("yes");
    }

    [Fact]
    public async Task Refusal_IsTextThatEndsWithAContentFilter()
    {
        var response = await Samples.AskAsync(Samples.Events(
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":"I can"}}]}""",
            """{"choices":[{"index":0,"delta":{"refusal":"not."}}]}""", Stop, Done));

        response.Text.ShouldBe("I cannot.");
        response.FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
    }

    [Fact]
    public async Task Usage_HasCachedAndReasoningTokens()
    {
        var usage = (await Samples.AskAsync(Samples.Events(
            Stop,
            """{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":15}}}""",
            Done))).Usage.ShouldNotBeNull();

        (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount).ShouldBe((100, 20, 120));
        (usage.CachedInputTokenCount, usage.ReasoningTokenCount).ShouldBe((64, 15));
    }

    [Fact]
    public async Task Usage_WithLessThanThat_IsTakenAsItIs()
    {
        var usage = (await Samples.AskAsync(Samples.Events(Stop, """{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}""", Done))).Usage.ShouldNotBeNull();

        (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount).ShouldBe((5, 2, 7));
        (usage.CachedInputTokenCount, usage.ReasoningTokenCount).ShouldBe((null, null));
    }
}

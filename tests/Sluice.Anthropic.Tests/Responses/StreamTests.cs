using System.Text;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;
using Sluice.Models;

namespace Sluice.Anthropic.Tests.Responses;

public sealed class StreamTests
{
    [Fact]
    public async Task Text_OfADocumentedStream_ComesWholeWithUsageAndReason()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Text));
        var answer = await Answer.ReadAsync(client);
        answer.Parts.ShouldBe("text: Grüße, \"world\" ☃ 🐻\n");
        answer.FinishReason.ShouldBe("stop");
        answer.Usage.ShouldBe("in 132, cached 100, out 15, thought 0");
        (answer.Model, answer.Id).ShouldBe(("claude-sonnet-4-6", "msg_text"));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public async Task Arguments_ThatTakeLong_GiveASignOfLifeEverySecondAtMost(int secondsPerEvent, bool gives)
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Tools), time: new SteppingClock(TimeSpan.FromSeconds(secondsPerEvent)));
        var updates = await client.GetStreamingResponseAsync("hi").ToListAsync();
        updates.SkipLast(1).Any(update => update.Contents.Count == 0).ShouldBe(gives);
        updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Usage_WithCacheWrites_CountsThemByName()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Text));
        var response = await client.GetResponseAsync("hi");
        response.Usage!.AdditionalCounts![UsageCounts.CacheWriteTokens].ShouldBe(7);
        response.Usage.TotalTokenCount.ShouldBe(147);
    }

    [Fact]
    public async Task ToolCalls_InParallel_ComeOnceAndWholeWithRawArguments()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Tools));
        var response = await client.GetResponseAsync("hi");
        var calls = response.Messages.Single().Contents.OfType<FunctionCallContent>().ToList();
        calls.Select(call => (call.CallId, call.Name)).ShouldBe([("toolu_1", "stock_level"), ("toolu_2", "list_warehouses")]);
        calls[0].RawRepresentation.ShouldBeOfType<System.Text.Json.JsonElement>().GetProperty("sku").GetString().ShouldBe("boot \"4711\" ü");
        calls[0].Arguments!.Keys.ShouldBe(["sku", "limit", "flags"]);
        calls[1].Arguments!.ShouldBeEmpty();
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Theory]
    [InlineData("""{\"sku\": """)]
    [InlineData("""{\"sku\": 1}}""")]
    [InlineData("""5, \"\\ud83d\": 1}""")]
    public async Task ToolCall_WithArgumentsThatAreNoJson_CarriesTheException(string arguments)
    {
        var broken = RecordedStreams.Tools.Replace("""5, \"flags\": [true, null]}""", arguments, StringComparison.Ordinal);
        using var client = Clients.Ours(AnsweringHandler.Stream(broken));
        var response = await client.GetResponseAsync("hi");
        var call = response.Messages.Single().Contents.OfType<FunctionCallContent>().First();
        call.Exception.ShouldNotBeNull();
        call.CallId.ShouldBe("toolu_1");
        call.Arguments.ShouldBeNull();
    }

    [Fact]
    public async Task Reasoning_SignedRedactedAndWithoutText_KeepsWhatTheApiKnowsItBy()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Thinking));
        List<TextReasoningContent> reasoning = [];
        await foreach (var update in client.GetStreamingResponseAsync("hi")) reasoning.AddRange(update.Contents.OfType<TextReasoningContent>());
        reasoning.Select(part => (part.Text, part.ProtectedData)).ShouldBe([
            ("First, ", null),
            ("27 = 3³.", null),
            ("", "anthropic/thinking:EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk"),
            ("", "anthropic/redacted_thinking:EmwKAhgBEgy3va3pzix"),
            ("", "anthropic/thinking:EosnCkYICxIMMb3LzNrMu"),
        ]);
    }

    [Fact]
    public async Task Stream_WithKindsThatAreNotKnown_PassesThemOver()
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Unknown));
        var answer = await Answer.ReadAsync(client);
        answer.Parts.ShouldBe("text: ABC");
        answer.FinishReason.ShouldBe("pause_turn");
        answer.Usage.ShouldBe("in 3, cached 0, out 4, thought 0");
    }

    [Fact]
    public async Task Stream_CutAtEveryByte_ReadsTheSame()
    {
        foreach (var (name, text) in RecordedStreams.Documented.Append(new("unknown", RecordedStreams.Unknown)))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(bytes)));
            for (var cut = 1; cut < bytes.Length; cut++)
                (await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(bytes, cut, int.MaxValue)))).ShouldBe(whole, $"{name}, cut after {cut} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task Stream_InSmallPieces_ReadsTheSame(int size)
    {
        foreach (var (name, text) in RecordedStreams.Documented)
        {
            var whole = await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(text)));
            (await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(text, size)))).ShouldBe(whole, name);
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Stream_WithOtherLineEndsAndAByteOrderMark_ReadsTheSame(string lineEnd)
    {
        var whole = await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Tools)));
        var other = "\uFEFF" + RecordedStreams.Tools.Replace("\n", lineEnd, StringComparison.Ordinal);
        foreach (var size in (int[])[1, 5, int.MaxValue])
            (await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(other, size)))).ShouldBe(whole);
    }

    [Fact]
    public async Task Stream_EndingAtAnyByteBeforeItsStop_IsUnavailableAndNeverShort()
    {
        var bytes = Encoding.UTF8.GetBytes(RecordedStreams.Tools);
        var stop = RecordedStreams.Tools.IndexOf("event: message_stop", StringComparison.Ordinal);
        var last = Encoding.UTF8.GetByteCount(RecordedStreams.Tools.TrimEnd('\n')) + 1;
        for (var end = 0; end <= last; end++)
        {
            using var client = Clients.Ours(AnsweringHandler.Stream(bytes[..end]));
            var failure = await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client), $"cut after {end} of {bytes.Length}, stop at {stop}");
            failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
            failure.Retryable.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Stream_EndingWithinAToolCall_GivesNoCallBeforeItFails()
    {
        var cut = RecordedStreams.Tools[..RecordedStreams.Tools.IndexOf("5, \\\"flags", StringComparison.Ordinal)];
        using var client = Clients.Ours(AnsweringHandler.Stream(cut));
        List<AIContent> seen = [];
        await Should.ThrowAsync<ProviderException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi")) seen.AddRange(update.Contents);
        });
        seen.ShouldAllBe(content => content is TextContent);
    }

    [Theory]
    [InlineData("data: {\"type\":\"content_block_delta\",\"index\":9,\"delta\":{}}\n\n")]
    [InlineData("event: content_block_delta\ndata: {\"type\":\n\n")]
    [InlineData("event: message_start\ndata: [1]\n\n")]
    [InlineData("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":\"x\"}\n\n")]
    [InlineData("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0}\n\n")]
    [InlineData("event: message_stop\ndata: {\"type\":\"message_stop\"} {}\n\n")]
    public async Task Event_ThatBreaksTheProtocol_IsUnavailable(string text)
    {
        using var client = Clients.Ours(AnsweringHandler.Stream(text));
        (await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client))).Code.ShouldBe(ErrorCodes.ProviderUnavailable);
    }

    [Theory]
    [InlineData("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n", "")]
    [InlineData("\"index\":2,\"content_block\"", "\"index\":1,\"content_block\"")]
    public async Task Stream_ThatLosesTheEndOfACall_IsUnavailableAndGivesNoCall(string whole, string lost)
    {
        var stream = RecordedStreams.Tools.Replace(whole, lost, StringComparison.Ordinal);
        if (lost.Length > 0) stream = stream.Replace("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n", "", StringComparison.Ordinal);
        stream.Length.ShouldBeLessThan(RecordedStreams.Tools.Length);
        using var client = Clients.Ours(AnsweringHandler.Stream(stream));
        List<FunctionCallContent> calls = [];
        var failure = await Should.ThrowAsync<ProviderException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi")) calls.AddRange(update.Contents.OfType<FunctionCallContent>());
        });
        failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
        calls.ShouldNotContain(call => call.CallId == "toolu_1");
    }

    [Fact]
    public async Task Stream_OfManyEvents_MayBeLongerThanTheLimitOfOne()
    {
        var ping = $"event: ping\ndata: {new string('x', 4 * 1024 * 1024)}\n\n";
        var stream = string.Concat(Enumerable.Repeat(ping, 5)) + RecordedStreams.Text.Replace("event: ping\n", ping + ping + ping + ping + "event: ping\n", StringComparison.Ordinal);
        using var client = Clients.Ours(AnsweringHandler.Stream(stream, 1024 * 1024));
        (await Answer.ReadAsync(client)).Parts.ShouldStartWith("text: Grüße");
    }

    [Fact]
    public async Task Reasoning_SignedInPieces_HasTheWholeSignature()
    {
        const string Delta = "\"type\":\"signature_delta\",\"signature\":\"";
        var pieces = RecordedStreams.Thinking.Replace(
            Delta + "EosnCkYICxIMMb3LzNrMu", Delta + "EosnCkYI\"}}\n\nevent: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{" + Delta + "CxIMMb3LzNrMu",
            StringComparison.Ordinal);
        pieces.Length.ShouldBeGreaterThan(RecordedStreams.Thinking.Length);
        (await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(pieces)))).ShouldBe(await Answer.ReadAsync(Clients.Ours(AnsweringHandler.Stream(RecordedStreams.Thinking))));
    }

    [Fact]
    public async Task Event_ThatNeverEnds_IsRefusedAtItsLimit()
    {
        var endless = "event: content_block_delta\ndata: " + new string('x', 33 * 1024 * 1024);
        using var client = Clients.Ours(AnsweringHandler.Stream(endless, 1024 * 1024));
        (await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client))).Message.ShouldContain("33554432 bytes");
    }

    /// <summary>A clock that goes on whenever it is looked at.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }
}

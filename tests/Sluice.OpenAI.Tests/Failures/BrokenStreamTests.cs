using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;
using Sluice.OpenAI.Clients;

namespace Sluice.OpenAI.Tests.Failures;

/// <summary>Streams that break, over real connections, and errors that stand in them.</summary>
public sealed class BrokenStreamTests
{
    private const string Text = """{"choices":[{"index":0,"delta":{"content":"Half an"}}]}""";

    [Theory]
    [InlineData("""{"error":{"message":"boom","type":"server_error","code":null}}""", "provider_unavailable")]
    [InlineData("""{"error":{"message":"boom","type":"tokens","code":"rate_limit_exceeded"}}""", "provider_rate_limited")]
    [InlineData("""{"error":{"message":"boom","code":429}}""", "provider_rate_limited")]
    [InlineData("""{"error":{"message":"boom","code":400}}""", "provider_rejected")]
    [InlineData("""{"error":{"message":"boom","type":"overloaded_error"}}""", "provider_overloaded")]
    [InlineData("""{"error":{"message":"boom","code":"context_length_exceeded"}}""", "context_too_long")]
    [InlineData("""{"error":"boom"}""", "provider_unavailable")]
    [InlineData("""{"id":"x","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"error":{"message":"boom","code":502}}""", "provider_unavailable")]
    public async Task Error_InTheMidstOfAStream_IsTheCallsFailure(string chunk, string code)
    {
        using var client = Samples.Client(BytesHandler.Of(Samples.Events(Text, chunk, "[DONE]")));

        var failure = await client.FailAsync();

        failure.Code.ShouldBe(code);
        failure.Message.ShouldContain("boom");
        failure.Status.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"unheard_of"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":{"a":1}}}]}}]}""")]
    [InlineData("""{"choices":[""")]
    [InlineData("""<html>""")]
    public async Task Chunk_ThatCannotBeRead_IsUnavailable(string chunk)
    {
        using var client = Samples.Client(BytesHandler.Of(Samples.Events(Text, chunk, "[DONE]")));

        (await client.FailAsync()).Code.ShouldBe(ErrorCodes.ProviderUnavailable);
    }

    [Fact]
    public async Task Connection_CutBeforeInAndAfterACall_IsUnavailable()
    {
        var turn = ServedTurn.OfCalls(new ServedCall("call_1", "query", System.Text.Json.JsonElement.Parse("""{"sql":"select 1 from somewhere"}""")));
        var stream = Samples.StreamOf(turn with { Model = Samples.Model });
        var cut = 0;
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, turn, new() { CutAfter = Volatile.Read(ref cut) }));
        using var client = Samples.Client(server);
        int[] places = [0, 1, At("tool_calls"), At("select"), At("finish_reason\":\"tool_calls"), At("[DONE]"), stream.Length - 2];

        foreach (var place in places)
        {
            Volatile.Write(ref cut, place);
            var failure = await client.FailAsync();
            (failure.Code, failure.Status).ShouldBe((ErrorCodes.ProviderUnavailable, null), $"cut after {place} of {stream.Length}");
        }

        server.Count.ShouldBe(places.Length);

        int At(string text) => stream.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsUnavailable()
    {
        using var socket = new TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        var port = ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        using var client = Samples.Client(DirectHandler.Create(), Samples.Settings with { BaseUrl = new($"http://127.0.0.1:{port}/v1") });

        var failure = await client.FailAsync();

        failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
        failure.Message.ShouldContain($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Cancellation_OfAStalledStream_PassesThrough()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, Samples.Turn, new() { StallAfter = 1000 }));
        using var client = Samples.Client(server);
        using var stop = new CancellationTokenSource();

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("q", Samples.Options, stop.Token)) await stop.CancelAsync();
        });

        cancelled.CancellationToken.ShouldBe(stop.Token);
    }

    [Fact]
    public async Task Stream_LeftByItsReader_IsClosed()
    {
        using var answers = new BytesHandler([Samples.StreamOf(Samples.Turn)]);
        using var client = Samples.Client(answers);

        await foreach (var _ in client.GetStreamingResponseAsync("q", Samples.Options)) break;

        answers.Closed.ShouldBeGreaterThan(0);
    }
}

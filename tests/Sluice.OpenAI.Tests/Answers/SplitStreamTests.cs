using Microsoft.Extensions.AI;

namespace Sluice.OpenAI.Tests.Answers;

/// <summary>Where the network cuts a stream into pieces says nothing; where it ends says everything.</summary>
public sealed class SplitStreamTests
{
    // An exception costs more than a call that succeeds: every seventh place is looked at.
    private const int Step = 7;

    private static readonly byte[] Stream = Samples.StreamOf(Samples.Turn);

    // The finish reason is said by the event that ends here; the usage and [DONE] come after it.
    private static readonly int Said = IndexAfter("\"finish_reason\":\"tool_calls\"");

    [Fact]
    public async Task Stream_SplitAtAnyByte_GivesTheSameTurn()
    {
        Stream.Length.ShouldBeGreaterThan(1000);
        for (var at = 1; at < Stream.Length; at++)
        {
            using var client = Samples.Client(new BytesHandler([Stream.AsMemory(0, at), Stream.AsMemory(at)]));
            (await client.AskAsync()).ShouldBe(Samples.Turn);
        }
    }

    [Fact]
    public async Task Stream_InSingleBytes_GivesTheSameTurn()
    {
        using var client = Samples.Client(new BytesHandler([.. Enumerable.Range(0, Stream.Length).Select(at => (ReadOnlyMemory<byte>)Stream.AsMemory(at, 1))]));

        (await client.AskAsync()).ShouldBe(Samples.Turn);
    }

    [Fact]
    public async Task Stream_CutBeforeItsFinishReason_IsUnavailableAndGivesNoCall()
    {
        for (var at = 0; at < Said; at += Step)
        {
            using var client = Samples.Client(new BytesHandler([Stream.AsMemory(0, at)], new IOException("The connection was reset.")));
            await FailsAsync(client, at);
        }
    }

    [Fact]
    public async Task Stream_EndedWithoutAnErrorBeforeItsFinishReason_IsUnavailableAndGivesNoCall()
    {
        for (var at = 0; at < Said; at += Step)
        {
            using var client = Samples.Client(new BytesHandler([Stream.AsMemory(0, at)]));
            await FailsAsync(client, at);
        }
    }

    [Fact]
    public async Task Stream_EndedAfterItsFinishReason_IsWholeWithoutUsage()
    {
        using var client = Samples.Client(new BytesHandler([Stream.AsMemory(0, Said)]));

        var response = await client.AskAsync();

        response.Calls().Length.ShouldBe(2);
        response.Usage.ShouldBeNull();
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    private static async Task FailsAsync(IChatClient client, int at)
    {
        var text = "";
        var failure = await Should.ThrowAsync<ProviderException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("What is short?", Samples.Options))
            {
                update.Contents.ShouldAllBe(content => content is TextContent || content is TextReasoningContent);
                update.FinishReason.ShouldBeNull();
                text += update.Text;
            }
        });
        failure.Code.ShouldBe(ErrorCodes.ProviderUnavailable, $"cut at {at}");
        failure.Retryable.ShouldBeTrue();
        "Größe 42 fehlt: 在庫 0 🙂.".ShouldStartWith(text, Case.Sensitive);
    }

    private static int IndexAfter(string text)
    {
        var found = Stream.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
        return found + Stream.AsSpan(found).IndexOf("\n\n"u8) + 2;
    }
}

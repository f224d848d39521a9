using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;

namespace Sluice.OpenAI.Tests.Answers;

/// <summary>What a server says is what the client tells, and what the SDK tells of the same turn as JSON.</summary>
public sealed class ServedTurnTests
{
    private static readonly string[] Words = ["", "a", "two words", "Größe", "在庫", "🙂🙂", "line\nbreak", "\"quoted\"", "\\", "data: [DONE]\n\n", "\u2028", new('x', 300)];

    [Fact]
    public void Turn_OfAnyShape_ArrivesWhole()
    {
        var parts = Gen.OneOf(
            Gen.Elements(Words).Select(ServedPart (text) => new ServedText(text)),
            Gen.Elements(Words).Select(ServedPart (text) => new ServedReasoning(text, "")),
            Gen.Elements(Words).Zip(Gen.Choose(0, 1000)).Select(ServedPart (pair) => new ServedCall(
                $"call_{pair.Item2}", "tool", JsonSerializer.SerializeToElement(new { text = pair.Item1, number = pair.Item2 }))));
        var turns = parts.ListOf().Zip(Gen.Choose(1, 40)).Zip(Gen.Choose(0, 5000)).Select(drawn => new ServedTurn
        {
            Id = "chatcmpl-1",
            Parts = [.. drawn.Item1.Item1.Where(part => part is not ServedCall).Concat(drawn.Item1.Item1.OfType<ServedCall>().DistinctBy(call => call.Id))],
            DeltaLength = drawn.Item1.Item2,
            InputTokens = drawn.Item2,
            CacheReadTokens = drawn.Item2 / 2,
            OutputTokens = drawn.Item2 / 3,
        });

        Prop.ForAll(turns.ToArbitrary(), turn =>
        {
            using var client = Samples.Client(new BytesHandler([Samples.StreamOf(turn)]));
            client.AskAsync().GetAwaiter().GetResult().ShouldBe(turn);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Turn_OverARealConnection_ArrivesWhole()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, Samples.Turn, new() { PieceBytes = 11 }));
        using var client = Samples.Client(server);

        (await client.AskAsync()).ShouldBe(Samples.Turn);
        (await client.GetResponseAsync("What is short?", Samples.Options)).ShouldBe(Samples.Turn);
        server.Requests.ShouldAllBe(request => request.Path == "/v1/chat/completions");
    }

    [Fact]
    public async Task Stream_AndTheSdksReadingOfTheJson_Agree()
    {
        await using var server = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, Samples.Turn));
        using var client = Samples.Client(server);
        var sdk = new global::OpenAI.OpenAIClient(new System.ClientModel.ApiKeyCredential(Samples.Key), new() { Endpoint = new(server.Address, "/v1") }).GetChatClient(Samples.Model).AsIChatClient();

        var streamed = await client.AskAsync();
        var whole = await sdk.GetResponseAsync("What is short?");

        streamed.Text.ShouldBe(whole.Text);
        streamed.FinishReason.ShouldBe(whole.FinishReason);
        streamed.ModelId.ShouldBe(whole.ModelId);
        streamed.ResponseId.ShouldBe(whole.ResponseId);
        streamed.CreatedAt.ShouldBe(whole.CreatedAt);
        JsonSerializer.Serialize(streamed.Usage).ShouldBe(JsonSerializer.Serialize(whole.Usage));
        streamed.Calls().Select(call => (call.CallId, call.Name)).ShouldBe(whole.Calls().Select(call => (call.CallId, call.Name)));
    }

    [Fact]
    public async Task Calls_FromManyThreadsAndModels_DoNotMeet()
    {
        await using var server = await LocalModelServer.StartAsync(
            request => ChatCompletions.Answer(request, ServedTurn.OfText($"I am {request.Body.GetProperty("model").GetString()}.")));
        using var client = Samples.Client(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => client.AskAsync(new() { ModelId = $"gpt-{number % 4}" })));

        answers.Select((answer, number) => (answer.Text, answer.ModelId)).ShouldBe(
            Enumerable.Range(0, 64).Select(number => ($"I am gpt-{number % 4}.", (string?)$"gpt-{number % 4}")));
    }
}

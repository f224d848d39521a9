using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Audit;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>What a request that was not recorded is answered with.</summary>
public sealed class MissTests : IDisposable
{
    private readonly CassettePath _cassette = new();

    [Fact]
    public async Task Replay_OfAnotherRequest_ShowsTheNearestAndHowItDiffers()
    {
        await RecordAsync(_cassette.File, Conversation("You write.", "list the boots"), FunctionChatClient.Text("x"), chatOptions: Model("model-w"));
        await RecordAsync(_cassette.File, Conversation("You plan.", "list the boots"), FunctionChatClient.Text("x"), chatOptions: Model("model-p"));
        await RecordAsync(
            _cassette.File, [.. Conversation("You plan.", "list the boots"), .. ToolTurn("c1", """{"query":"boot","limit":10}""", """{"rows":[1,2,3]}""")],
            FunctionChatClient.Text("x"), chatOptions: Model("model-p"));

        var error = await Should.ThrowAsync<SluiceException>(ReplayAsync(
            _cassette.File,
            [.. Conversation("You plan.", "list the boots"), .. ToolTurn("c9", """{"limit":20,"query":"boot"}""", """{"rows":[1,2,4],"more":true}"""), User("Go\non.")],
            chatOptions: Model("model-p")));

        error.Code.ShouldBe(ErrorCodes.NotRecorded);
        GoldenFile.Compare("miss.txt", error.Message);
    }

    [Fact]
    public async Task Replay_OfALongRequest_SaysNoMoreThanFits()
    {
        await RecordAsync(_cassette.File, [User(new string('a', 100_000)), User("ü" + new string('\n', 10_000)), User("x")], FunctionChatClient.Text("x"));

        var error = await Should.ThrowAsync<SluiceException>(ReplayAsync(
            _cassette.File, [User(new string('a', 50_000) + "b"), .. Enumerable.Range(0, 100).Select(n => User($"🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂 {n}"))],
            chatOptions: Model(new string('m', 5000))));

        error.Message.Length.ShouldBeLessThanOrEqualTo(2000);
        error.Message.ShouldContain("/messages/0/parts/0/text: recorded \"…aaaa");
        error.Message.ShouldEndWith("record and replay with it.");
    }

    [Fact]
    public async Task Run_WithARequestThatWasNotRecorded_FailsWithWhatWasAsked()
    {
        await RecordAsync(_cassette.File, [User("something else")], FunctionChatClient.Text("x"));
        await using var runtime = SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Replay(_cassette.File) });

        var error = (await runtime.RunAsync("hello")).ShouldFail(ErrorCodes.NotRecorded);

        error.Message.ShouldContain("has no answer to this request: model 'model-s', 2 messages");
        error.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Replay_OfARecordingWithoutAnswers_SaysSo()
    {
        _cassette.Write("{\"format\":\"sluice-cassette\",\"version\":1}\n");

        (await Should.ThrowAsync<SluiceException>(ReplayAsync(_cassette.File, [User("hello")]))).Message.ShouldContain("It has no answers at all.");
    }

    public void Dispose() => _cassette.Dispose();

    private static IReadOnlyList<ChatMessage> Conversation(string system, string user) => [new(ChatRole.System, system), User(user)];

    private static ChatOptions Model(string id) => new() { ModelId = id };
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Sluice.Runtime.Recordings;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>The file: what a killed process leaves, what is no recording, and several writers.</summary>
public sealed class CassetteFileTests : IDisposable
{
    private readonly CassettePath _cassette = new();

    [Fact]
    public async Task Record_IntoAFileThatIsThere_AppendsAndDefinesNothingTwice()
    {
        await RecordAsync(_cassette.File, [User("one")], FunctionChatClient.Text("1"));
        var before = _cassette.Text;
        await RecordAsync(_cassette.File, [User("one"), new(ChatRole.Assistant, "1"), User("two")], FunctionChatClient.Text("2"));

        _cassette.Text.ShouldStartWith(before);
        _cassette.Lines.Count(line => line.StartsWith("{\"format\"", StringComparison.Ordinal)).ShouldBe(1);
        _cassette.Lines.Count(line => line.Contains("\"define\"", StringComparison.Ordinal)).ShouldBe(3);
        _cassette.Text.ShouldEndWith("}\n");
        (await ReplayAsync(_cassette.File, [User("one")])).ShouldBe("1");
    }

    [Fact]
    public async Task Replay_OfAFileCutOffAtAnyByte_HasTheWholeLinesAndTellsOfTheTornOne()
    {
        await RecordAsync(_cassette.File, [User("one")], FunctionChatClient.Text("1"));
        var first = _cassette.Text.Length;
        await RecordAsync(_cassette.File, [User("zwei")], FunctionChatClient.Text("2"));
        var whole = File.ReadAllBytes(_cassette.File);

        for (var length = first; length < whole.Length; length++)
        {
            File.WriteAllBytes(_cassette.File, whole[..length]);
            var log = new LogLines();
            await using var runtime = SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Replay(_cassette.File), LoggerFactory = log });
            var isTorn = whole[length - 1] != '\n' && whole[length] != '\n';
            log.Lines.Count.ShouldBe(isTorn ? 1 : 0, $"{length} bytes");
            if (isTorn) log.Lines[0].ShouldStartWith($"Line {_cassette.Lines.Count}, the last one of recording {_cassette.File}, is incomplete");
            (await ReplayAsync(_cassette.File, [User("one")])).ShouldBe("1");
        }
    }

    [Fact]
    public async Task Record_AfterAnyTornLine_RemovesItAndGoesOn()
    {
        await RecordAsync(_cassette.File, [User("one")], FunctionChatClient.Text("1"));
        var whole = File.ReadAllBytes(_cassette.File);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_cassette.File, whole[..length]);
            await RecordAsync(_cassette.File, [User("two")], FunctionChatClient.Text("2"));
            (await ReplayAsync(_cassette.File, [User("two")])).ShouldBe("2", $"{length} bytes");
            if (length >= whole.Length - 1) (await ReplayAsync(_cassette.File, [User("one")])).ShouldBe("1");
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"form", "is empty")]
    [InlineData("not json\n", "line 1 is broken")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":2}\n", "It is of version 2; this build reads version 1.")]
    [InlineData("{\"format\":\"other\",\"version\":1}\n", "line 1 is broken. The first line of a recording is")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"key\":\n{}\n", "line 2 is broken")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n\n[]\n", "line 3 is broken. A line is a JSON object.")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{}\n", "line 2 is broken. A line has")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"key\":\"k\",\"request\":{\"messages\":\"m\"},\"answer\":{\"parts\":[]}}\n", "refers to message \"m\", which no line above defines")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"define\":\"m\",\"after\":\"m\",\"message\":{}}\n", "line 2 is broken. It refers to message \"m\"")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"key\":\"k\",\"request\":{},\"answer\":{\"parts\":[]}}\n", "\"messages\" is missing")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"key\":\"k\",\"request\":{\"messages\":\"\"},\"answer\":{\"parts\":[{\"type\":\"song\"}]}}\n", "no part of type 'song'")]
    [InlineData("{\"format\":\"sluice-cassette\",\"version\":1}\n{\"key\":\"k\",\"key\":\"l\"}\n", "line 2 is broken")]
    public void Replay_OfWhatIsNoRecording_IsOneProblemOfTheRuntimesCreation(string text, string problem)
    {
        _cassette.Write(text);

        var exception = Should.Throw<SpecValidationException>(() =>
            SluiceRuntime.Create(Sample.Team(Define.Specialist("solo", "model", "You work.")), new() { Interpreter = Interpreter.Replay(_cassette.File) }));

        var error = exception.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe(ErrorCodes.InvalidCassette);
        error.Message.ShouldContain(problem);
        error.Message.ShouldContain(_cassette.File);
    }

    [Fact]
    public void Create_WithoutTheFileOrItsFolder_IsAProblem()
    {
        var missing = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Replay(_cassette.File) }));
        missing.Errors.Single().Message.ShouldBe($"There is no recording at '{_cassette.File}'. Make one with Interpreter.Record.");

        var nowhere = Path.Combine(_cassette.File, "nowhere", "job.jsonl");
        var folder = Should.Throw<SpecValidationException>(
            () => SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Record(Interpreter.Noop, nowhere) }));
        folder.Errors.Single().ShouldBe(new(ErrorCodes.InvalidCassette, "interpreter", $"The recording '{nowhere}' cannot be written: there is no folder '{Path.GetDirectoryName(nowhere)}'. Create it."));

        _cassette.Write("something else\n");
        Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Record(Interpreter.Noop, _cassette.File) }))
            .Errors.Single().Code.ShouldBe(ErrorCodes.InvalidCassette);
    }

    [Fact]
    public async Task Replay_OfAFileThatAnEditorTouched_IsAsGood()
    {
        await RecordAsync(_cassette.File, [User("one")], FunctionChatClient.Text("1"));
        _cassette.Write("\uFEFF" + _cassette.Text.Replace("\n", "\r\n\r\n", StringComparison.Ordinal).TrimEnd());

        (await ReplayAsync(_cassette.File, [User("one")])).ShouldBe("1");
        await RecordAsync(_cassette.File, [User("two")], FunctionChatClient.Text("2"));
        (await ReplayAsync(_cassette.File, [User("one")])).ShouldBe("1");
        (await ReplayAsync(_cassette.File, [User("two")])).ShouldBe("2");
    }

    [Fact]
    public async Task Record_ByManyWritersAtOnce_TearsNoLineAndLosesNone()
    {
        const int writers = 6;
        const int answers = 25;
        var padding = new string('x', 20_000);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            using var client = Record(_cassette.File, new FunctionChatClient((messages, _, _) => EchoAsync(messages[^1].Text)));
            await Parallel.ForAsync(0, answers, async (number, token) => await client.GetResponseAsync([User($"{writer}/{number} {padding}")], cancellationToken: token));
        })));

        foreach (var line in _cassette.Lines) JsonElement.Parse(line).ValueKind.ShouldBe(JsonValueKind.Object);
        _cassette.Answers.Count.ShouldBe(writers * answers);
        using var replay = Replay(_cassette.File);
        for (var writer = 0; writer < writers; writer++)
        {
            for (var number = 0; number < answers; number++)
                (await replay.GetResponseAsync([User($"{writer}/{number} {padding}")])).Text.ShouldBe($"echo {writer}/{number} {padding}");
        }
    }

    [Fact]
    public async Task Record_WhereTheFileCannotBeWritten_FailsTheRunAndSaysWhy()
    {
        var model = FunctionChatClient.Replies("one", "two");
        await using var runtime = SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Record(Interpreter.FromClient(model), _cassette.File) });
        Directory.CreateDirectory(_cassette.File);
        (await runtime.RunAsync("go")).ShouldFail(ErrorCodes.InvalidCassette).Message.ShouldContain($"'{_cassette.File}' cannot be written");

        Directory.Delete(_cassette.File);
        (await runtime.RunAsync("go")).ShouldFinish();
        _cassette.Answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_WhereTheFileIsHeld_WaitsForItsHolder()
    {
        Task recorded;
        using (new FileStream(_cassette.File, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var client = new RecordingChatClient(FunctionChatClient.Replies("x"), new(new(), []), new(_cassette.File, null));
            recorded = client.GetResponseAsync([User("go")]);
            recorded.IsCompleted.ShouldBeFalse();
        }

        await recorded;
        _cassette.Answers.Count.ShouldBe(1);
    }

    public void Dispose() => _cassette.Dispose();

    private static async IAsyncEnumerable<ChatResponseUpdate> EchoAsync(string text)
    {
        await Task.Yield();
        yield return new(ChatRole.Assistant, $"echo {text}");
    }

    /// <summary>What was logged.</summary>
    private sealed class LogLines : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

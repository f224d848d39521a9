using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>Which requests are the same.</summary>
public sealed class RequestKeyTests : IDisposable
{
    private const string RefA = "ref-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string RefB = "ref-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string RefC = "ref-cccccccccccccccccccccccccccccccc";

    private static readonly CassetteOptions Times = new()
    {
        Volatile = [.. ((string[])["[0-9]{2}:[0-9]{2}:[0-9]{2}", "^17[0-9]{8}$"]).Select(pattern => new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(10)))],
    };

    private readonly CassettePath _cassette = new();

    [Fact]
    public async Task Replay_OfOtherMemberOrderWhiteSpaceNumbersAndCallIds_FindsTheAnswer()
    {
        await RecordAsync(_cassette.File, [User("go"), .. ToolTurn("toolu_1", """{"a":1,"b":[1,{"c":"é","d":null}]}""", """{"x":10,"y":"z"}""")], FunctionChatClient.Text("done"));

        (await ReplayAsync(_cassette.File, [User("go"), .. ToolTurn("toolu_9", """{ "b" : [1.0, {"d":null, "c":"\u00e9"}], "a":1 }""", """{"y":"z","x":1e1}""")]))
            .ShouldBe("done");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Replay_OfAnotherOption_DoesNotFindTheAnswer(string name, ChatOptions changed)
    {
        await RecordAsync(_cassette.File, [User("go")], FunctionChatClient.Text("done"), chatOptions: Options());

        (await ReplayAsync(_cassette.File, [User("go")], chatOptions: Options())).ShouldBe("done");
        var error = await Should.ThrowAsync<SluiceException>(ReplayAsync(_cassette.File, [User("go")], chatOptions: changed));
        error.Code.ShouldBe(ErrorCodes.NotRecorded);
        error.Message.ShouldContain($"- /{name}");
    }

    public static TheoryData<string, ChatOptions> Changes => new()
    {
        { "model", Options(options => options.ModelId = "other") },
        { "tools/0/name", Options(options => options.Tools = [AIFunctionFactory.CreateDeclaration("see", "Looks.", Office.Json("""{"type":"object"}"""))]) },
        { "tools/0/description", Options(options => options.Tools = [AIFunctionFactory.CreateDeclaration("look", "Stares.", Office.Json("""{"type":"object"}"""))]) },
        { "tools/0/schema/type", Options(options => options.Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", Office.Json("""{"type":"array"}"""))]) },
        { "toolMode", Options(options => options.ToolMode = ChatToolMode.RequireSpecific("look")) },
        { "responseFormat", Options(options => options.ResponseFormat = ChatResponseFormat.ForJsonSchema(Office.Json("""{"type":"object"}"""))) },
        { "reasoningEffort", Options(options => options.Reasoning = new() { Effort = ReasoningEffort.High }) },
        { "maxOutputTokens", Options(options => options.MaxOutputTokens = 2) },
        { "temperature", Options(options => options.Temperature = 0.5f) },
        { "stopSequences", Options(options => options.StopSequences = ["x"]) },
    };

    [Fact]
    public async Task Replay_OfOtherIds_AnswersWithThose()
    {
        await RecordAsync(
            _cassette.File, [User($"compare {RefA} with {RefB}")],
            FunctionChatClient.Text($"{RefB} is like {RefA}, unlike {RefC}, and ⟨ref-1⟩ is no id"));

        (await ReplayAsync(_cassette.File, [User($"compare {RefB} with {RefC}")]))
            .ShouldBe($"{RefC} is like {RefB}, unlike {RefC}, and ⟨ref-1⟩ is no id");
    }

    [Fact]
    public async Task Replay_WhereAnotherOfTheIdsIsMeant_IsAnotherRequest()
    {
        await RecordAsync(_cassette.File, [User($"of {RefA} and {RefB} take {RefA}")], FunctionChatClient.Text("first"));

        (await ReplayAsync(_cassette.File, [User($"of {RefC} and {RefB} take {RefC}")])).ShouldBe("first");
        (await Should.ThrowAsync<SluiceException>(ReplayAsync(_cassette.File, [User($"of {RefA} and {RefB} take {RefB}")]))).Code.ShouldBe(ErrorCodes.NotRecorded);
    }

    [Fact]
    public async Task Replay_OfMembersNamedByIds_DoesNotDependOnHowTheIdsSort()
    {
        await RecordAsync(_cassette.File, ToolTurn("c", "{}", $$"""{"{{RefA}}":1,"{{RefB}}":2}"""), FunctionChatClient.Text(RefB));

        (await ReplayAsync(_cassette.File, ToolTurn("c", "{}", $$"""{"{{RefC}}":1,"{{RefA}}":2}"""))).ShouldBe(RefA);
    }

    [Fact]
    public async Task Replay_OfAnEnvelopeOfAnotherTime_FindsTheAnswer()
    {
        static string Envelope(string id, string created) => $$"""{"kind":"k","id":"{{id}}","createdAt":"{{created}}","note":"2026-01-01T00:00:00Z"}""";
        await RecordAsync(_cassette.File, ToolTurn("c", "{}", Envelope(RefA, "2026-01-01T00:00:00.000Z")), FunctionChatClient.Text("seen"));

        (await ReplayAsync(_cassette.File, ToolTurn("c", "{}", Envelope(RefB, "2026-05-01T10:00:00.000Z")))).ShouldBe("seen");
        // The same member elsewhere is the application's.
        await RecordAsync(_cassette.File, ToolTurn("c", "{}", Envelope("order-1", "2026-01-01T00:00:00.000Z")), FunctionChatClient.Text("seen"));
        (await Should.ThrowAsync<SluiceException>(ReplayAsync(_cassette.File, ToolTurn("c", "{}", Envelope("order-1", "2026-05-01T10:00:00.000Z")))))
            .Code.ShouldBe(ErrorCodes.NotRecorded);
    }

    [Fact]
    public async Task Replay_OfAQueryThatTookLonger_FindsTheAnswer()
    {
        static string Rows(string hash, int elapsed) => $$"""{"untrustedData":{"rows":[[7]]},"elapsedMs":{{elapsed}},"{{hash}}":"0123456789abcdef"}""";
        await RecordAsync(_cassette.File, ToolTurn("c", "{}", Rows("queryHash", 3)), FunctionChatClient.Text("seven"));

        (await ReplayAsync(_cassette.File, ToolTurn("c", "{}", Rows("queryHash", 250)))).ShouldBe("seven");
        // The same member elsewhere is the application's.
        await RecordAsync(_cassette.File, ToolTurn("c", "{}", Rows("hash", 3)), FunctionChatClient.Text("seven"));
        (await Should.ThrowAsync<SluiceException>(ReplayAsync(_cassette.File, ToolTurn("c", "{}", Rows("hash", 250))))).Code.ShouldBe(ErrorCodes.NotRecorded);
    }

    [Fact]
    public async Task Replay_AfterAReferenceExpiredAtAnotherTime_FindsTheAnswer()
    {
        using var client = Record(_cassette.File, FunctionChatClient.Replies("again", "again"));
        await client.GetResponseAsync(ToolTurn("c", "{}", await ExpiredAsync(day: 1)));

        (await ReplayAsync(_cassette.File, ToolTurn("c", "{}", await ExpiredAsync(day: 9)))).ShouldBe("again");
        _cassette.Text.ShouldContain("expired at ⟨time⟩. Create it again.");
    }

    [Fact]
    public async Task Replay_OfVolatileValues_AnswersWithThoseOfTheRequest()
    {
        await RecordAsync(
            _cassette.File, [User("It is 10:00:00."), .. ToolTurn("c", "{}", """{"at":1700000000,"seen":"11:00:00","count":5}""")],
            FunctionChatClient.Calls(FunctionChatClient.Call("d", "look", new { from = "10:00:00", until = "x11:00:00", at = 1700000000, other = 1700000001 })),
            Times);

        using var client = Replay(_cassette.File, Times);
        var call = (await client.GetResponseAsync([User("It is 12:34:56."), .. ToolTurn("c", "{}", """{"at":1799999999,"seen":"12:35:00","count":5}""")]))
            .Messages.Single().Contents.OfType<FunctionCallContent>().Single();
        call.RawRepresentation!.ToString().ShouldBe("""{"from":"12:34:56","until":"x12:35:00","at":1799999999,"other":1700000001}""");
    }

    [Fact]
    public async Task Replay_WhereVolatileValuesAreEqualThatWereNot_FindsTheAnswer()
    {
        await RecordAsync(_cassette.File, [User("10:00:00"), User("10:00:01")], FunctionChatClient.Text("seen"), Times);

        (await ReplayAsync(_cassette.File, [User("11:00:00"), User("11:00:00")], Times)).ShouldBe("seen");
    }

    [Fact]
    public async Task Record_WithAPatternThatBacktracks_FailsAndNamesIt()
    {
        var options = new CassetteOptions { Volatile = [new("^(?<all>(?<some>a+))+$", RegexOptions.None, TimeSpan.FromMilliseconds(50))] };

        var error = await Should.ThrowAsync<SluiceException>(
            RecordAsync(_cassette.File, [User(new string('a', 40) + "!")], FunctionChatClient.Text("x"), options));

        error.Code.ShouldBe(ErrorCodes.InvalidOptions);
        error.Message.ShouldContain("'^(?<all>(?<some>a+))+$'");
    }

    public void Dispose() => _cassette.Dispose();

    /// <summary>What the runtime says of a reference that is too old.</summary>
    private static async Task<string> ExpiredAsync(int day)
    {
        var time = new ManualTimeProvider(new(2026, 1, day, 0, 0, 0, TimeSpan.Zero));
        var kind = Define.Reference<string>("note", ttl: TimeSpan.FromHours(1));
        await using var runtime = SluiceRuntime.Create(Spec with { References = [kind] }, new() { TimeProvider = time });
        var envelope = await runtime.CreateReferenceAsync(kind, "text");
        time.Advance(TimeSpan.FromHours(2));
        var error = await Should.ThrowAsync<SluiceException>(runtime.ResolveReferenceAsync(envelope.ToHandle()));
        error.Code.ShouldBe(ErrorCodes.ReferenceExpired);
        return System.Text.Json.JsonSerializer.Serialize(new { error = error.ToErrorInfo() });
    }

    private static ChatOptions Options(Action<ChatOptions>? change = null)
    {
        var options = new ChatOptions
        {
            ModelId = "model",
            Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", Office.Json("""{"type":"object"}"""))],
            MaxOutputTokens = 1,
        };
        change?.Invoke(options);
        return options;
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>What must not stand in a recording, wherever it came from.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Key = "sk-live-\"quoted\"+/=\\x";
    private const string HeaderKey = "bearer-of-the-header-0123";
    private const string EnvironmentKey = "sk-env-4711";
    private const string Given = "hunter2 und Käse";
    private const string Variable = "SLUICE_TEST_RECORDED_KEY";

    private static readonly CassetteOptions Options = new()
    {
        Secrets = [Given],
        SecretPatterns = [new("[0-9]{4}-?[0-9]{4}-?[0-9]{4}", RegexOptions.None, TimeSpan.FromSeconds(10))],
    };

    private readonly CassettePath _cassette = new();

    [Theory]
    [InlineData(Key)]
    [InlineData(HeaderKey)]
    [InlineData(EnvironmentKey)]
    [InlineData(Given)]
    [InlineData("1234-5678-9012")]
    public async Task Record_OfASecretAnywhere_WritesItNowhere(string secret)
    {
        Environment.SetEnvironmentVariable(Variable, EnvironmentKey);
        using var client = Record(_cassette.File, FunctionChatClient.Replies(Answer(secret)), Options, Spec());
        await client.GetResponseAsync(Request(secret), ChatOptions(secret));

        var file = File.ReadAllBytes(_cassette.File);
        foreach (var form in (string[])[secret, JsonSerializer.Serialize(secret)[1..^1], JsonEncodedText.Encode(secret).ToString()])
            file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(form)).ShouldBe(-1, form);
        file.AsSpan().IndexOf("123456789012"u8).ShouldBe(-1);
        _cassette.Text.ShouldContain("***");

        using var replay = Replay(_cassette.File, Options, Spec());
        var replayed = await replay.GetResponseAsync(Request(secret), ChatOptions(secret));
        replayed.Text.ShouldBe("It is ***.");
        replayed.Messages.Single().Contents.OfType<FunctionCallContent>().Single().RawRepresentation!.ToString()
            .ShouldBe("""{"***":["***"],"number":"***"}""");
    }

    [Fact]
    public async Task Replay_OfAMiss_DoesNotTellTheSecret()
    {
        Environment.SetEnvironmentVariable(Variable, EnvironmentKey);
        using var client = Record(_cassette.File, FunctionChatClient.Replies("x"), Options, Spec());
        await client.GetResponseAsync([User($"a {EnvironmentKey}")]);

        using var replay = Replay(_cassette.File, Options, Spec());
        var error = await Should.ThrowAsync<SluiceException>(replay.GetResponseAsync([User($"b {EnvironmentKey} {Given}")]));
        error.Message.ShouldContain("asked \"b *** ***\"");
    }

    [Fact]
    public async Task Record_OfMembersNamedBySecrets_KeepsThemApart()
    {
        var options = new CassetteOptions { Secrets = ["one-secret", "two-secret"] };
        IReadOnlyList<ChatMessage> request = ToolTurn("c", "{}", """{"one-secret":1,"two-secret":2,"***":3}""");

        await RecordAsync(_cassette.File, request, FunctionChatClient.Text("seen"), options);

        (await ReplayAsync(_cassette.File, request, options)).ShouldBe("seen");
    }

    [Fact]
    public void Record_WithABlankSecret_IsRefused() =>
        Should.Throw<ArgumentException>(() => Interpreter.Record(Interpreter.Noop, _cassette.File, new() { Secrets = [" "] }));

    public void Dispose() => _cassette.Dispose();

    private static RuntimeSpec Spec() => Recorder.Spec with
    {
        Providers = new Dictionary<string, ProviderSpec>
        {
            ["a"] = new() { Kind = "anthropic", ApiKey = Key, Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {HeaderKey}", ["x-team"] = "data" } },
            ["b"] = new() { Kind = "openai", ApiKeyEnv = Variable },
        },
    };

    private static IReadOnlyList<ChatMessage> Request(string secret) =>
    [
        new(ChatRole.System, $"Use {secret}."),
        new(ChatRole.User, $"As JSON: {JsonSerializer.Serialize(new { key = secret })}") { AuthorName = $"user {secret}" },
        .. ToolTurn("c", JsonSerializer.Serialize(new { secret }), JsonSerializer.Serialize(new Dictionary<string, object> { [secret] = secret, ["n"] = 123456789012 })),
        new(ChatRole.User, [new UriContent($"https://example.org/?key={Uri.EscapeDataString("x")}", "text/html"), new TextReasoningContent(secret) { ProtectedData = secret }]),
    ];

    private static ChatOptions ChatOptions(string secret) => new()
    {
        ModelId = $"model {secret}",
        Instructions = secret,
        StopSequences = [secret],
        Tools = [AIFunctionFactory.CreateDeclaration("look", $"Looks with {secret}.", JsonSerializer.SerializeToElement(new { description = secret }))],
    };

    private static ChatMessage Answer(string secret) => new(ChatRole.Assistant,
    [
        new TextContent($"It is {secret}."),
        FunctionChatClient.Call($"c{secret}", secret, new Dictionary<string, object> { [secret] = new[] { secret }, ["number"] = 123456789012 }),
    ]);
}

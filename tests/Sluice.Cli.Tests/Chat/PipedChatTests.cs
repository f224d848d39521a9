using System.Text.Json;
using Sluice.Cli.Tests.Run;

namespace Sluice.Cli.Tests.Chat;

/// <summary>Conversations without a terminal.</summary>
public sealed class PipedChatTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CommandDesk _desk = new();

    public PipedChatTests() => _desk.Write(RunDesk.Spec, RunDesk.SpecText("always"));

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Lines_AreAskedOneAfterTheOther_OnOneThread()
    {
        var result = await ChatAsync("""{"text":"One.\u001b[2J"}""" + "\n\n" + """{"text":"Two."}""", "--thread", "t-1", "--output", "text");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("One.\\u001b[2J\nTwo.\n");
        result.Error.ShouldNotContain("\u001b");
        var runs = await _desk.RunAsync("runs", "list", "--store", _desk.PathOf("runs.db"), "--tenant-id", "acme", "--thread", "t-1", "--output", "ndjson");
        runs.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Events_AsJsonLines_AreThoseOfEveryRun()
    {
        var result = await ChatAsync("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", "--output", "ndjson");

        result.ExitCode.ShouldBe(0, result.Error);
        var events = result.Lines.Select(line => RuntimeEvent.FromJson(line)!).ToList();
        events.OfType<TextEvent>().Select(text => text.Text).ShouldBe(["One.", "Two."]);
        events.Select(happened => happened.ThreadId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Requests_AreDecidedInAdvanceWhereTheCommandLineSaysSo()
    {
        var result = await ChatAsync(RunDesk.Script, "--approve", "never", "--decided-by", "ana");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("sql: SELECT count(*) AS orders FROM orders");
        result.Error.ShouldContain(": reject by ana.");
    }

    [Fact]
    public async Task Request_ThatNobodyDecidesInAdvance_WaitsForAnAnswerFromElsewhere()
    {
        var chat = ChatAsync(RunDesk.Script, "--approve", "ask");
        string[] store = ["--store", _desk.PathOf("runs.db"), "--tenant-id", "acme"];
        var began = TimeProvider.System.GetTimestamp();
        string? request = null;
        while (request is null)
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Patience, "No request came.");
            if (File.Exists(_desk.PathOf("runs.db")) && (await _desk.RunAsync(["approvals", "list", .. store, "--output", "ndjson"])).Lines is [var line])
                request = JsonElement.Parse(line).GetProperty("id").GetString();
        }

        var answered = await _desk.RunAsync(["approvals", "respond", request, "approve", "--decided-by", "bob", .. store]);
        var result = await chat.WaitAsync(Patience, TestContext.Current.CancellationToken);

        answered.ExitCode.ShouldBe(0, answered.Error);
        (result.ExitCode, result.Out).ShouldBe((0, "There are 3 orders.\n"), result.Error);
        result.Error.ShouldContain($"hint: sluice approvals respond {request} --store {_desk.PathOf("runs.db")} --tenant-id acme approve|reject");
        result.Error.ShouldContain(": approve by bob.");
    }

    [Fact]
    public async Task Run_ThatFails_EndsTheConversation()
    {
        var result = await ChatAsync("no script\n{\"text\":\"Two.\"}\n");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("sluice: ");
        result.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Agent_ThatIsNotThere_IsWrongUse()
    {
        var result = await ChatAsync("Hi\n", "--agent", "nobody");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("There is no agent 'nobody'; the agents are: \"analyst\".");
        File.Exists(_desk.PathOf("runs.db")).ShouldBeFalse();
    }

    private Task<CommandResult> ChatAsync(string typed, params string[] more) => _desk.RunWithInputAsync(
        typed, ["chat", "--spec", _desk.PathOf(RunDesk.Spec), "--database", _desk.Database, "--interpreter", "scripted", "--store", _desk.PathOf("runs.db"), .. more]);
}

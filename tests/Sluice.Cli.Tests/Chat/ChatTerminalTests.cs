using Sluice.Cli.Tests.Apps;

namespace Sluice.Cli.Tests.Chat;

/// <summary>Conversations in a real terminal.</summary>
public sealed class ChatTerminalTests : IDisposable
{
    private const string PlanQuestion = "approve, edit, revise, reject, show, later>";

    private static readonly string PriceDesk = $"{SampleAssembly.Path}:SampleApp.PriceDesk.App";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Plan_IsShownAsATable_EditedAndExecuted(int columns)
    {
        await using var terminal = await StartAsync(columns);
        await terminal.SeesAsync("/help says what there is");
        await terminal.PasteAsync(PriceScripts.PlanAndExecute);
        await terminal.PressAsync("Enter");

        var asked = await terminal.EndsWithAsync(PlanQuestion);
        asked.ShouldContain("✓ find_products query: boots");
        asked.ShouldContain(@"Boots do not sell in summer.\u001b]52;c;ZXZpbA==\u0007");
        asked.ShouldContain("The plan is stored.");
        asked.ShouldMatch(@"1 +price_change +products: ProductSet +(ref-[0-9a-f]{6}…, percent: 20 +)?products: 3, change: 20 %");
        asked.ShouldMatch(@"2 +notice +text: Summer sale");
        asked.ShouldMatch(@"ProductSet ref-[0-9a-f]{6}… +products: 3, first: P-1");

        _desk.Write("percent", "95");
        await terminal.EnterAsync("edit");
        await terminal.SeesAsync("/actions/0/percent: 95 must be at most 90");
        _desk.Write("percent", "15");
        await terminal.EndsWithAsync(PlanQuestion);
        await terminal.EnterAsync("edit enough for now");

        var done = await terminal.SeesAsync("tokens in");
        done.ShouldContain("approved by ana: enough for now");
        done.ShouldContain("Lowered by 15 %.");
        done.ShouldContain(@"It is done.\u001b[2J\u001b[HGone\u000dOver");
        File.ReadAllText(_desk.PathOf("seen")).ShouldContain("\"percent\": 95");

        await terminal.ClearAsync();
        await terminal.EnterAsync("/show 2");
        (await terminal.SeesAsync("\"query\": \"boots\"")).ShouldContain("[2] find_products, called by planner");
        await terminal.EnterAsync("/agents");
        (await terminal.SeesAsync("model-l")).ShouldContain("*  coordinator");
        await terminal.EnterAsync("/runs");
        await terminal.SeesAsync("finished");
        await terminal.EnterAsync("/cost");
        await terminal.SeesAsync("tokens out");
        await terminal.PressAsync("C-d");
        (await terminal.SeesAsync("ended with 0")).ShouldContain("sluice chat --thread thread-");
    }

    [Fact]
    public async Task Interrupt_CancelsTheRunUnderWay_AndTheConversationGoesOn()
    {
        await using var terminal = await StartAsync(120);
        await terminal.SeesAsync("/help says what there is");
        await terminal.PasteAsync(PriceScripts.Wait);
        await terminal.PressAsync("Enter");
        await terminal.SeesAsync("… wait query: snow");

        await terminal.PressAsync("C-c");
        await terminal.SeesAsync("The run was cancelled.");
        await terminal.EnterAsync("""{"text":"Still here."}""");
        await terminal.SeesAsync("\nStill here.");
        await terminal.EnterAsync("/runs");
        await terminal.SeesAsync("cancelled  coordinator");

        await terminal.EndsWithAsync(">");
        await terminal.PressAsync("C-c");
        await terminal.SeesAsync("Ctrl+C again");
        await terminal.PressAsync("C-c");
        await terminal.SeesAsync("ended with 0");
    }

    [Fact]
    public async Task SecondInterrupt_WhileARunIsBeingCancelled_LeavesItInItsStore()
    {
        await using var terminal = await StartAsync(120);
        await terminal.SeesAsync("/help says what there is");
        await terminal.PasteAsync(PriceScripts.Hang);
        await terminal.PressAsync("Enter");
        await terminal.SeesAsync("… hang query: snow");

        // A tool that cannot be stopped is given up a second after the first.
        await terminal.PressAsync("C-c", "C-c");

        var left = await terminal.SeesAsync("ended with 0");
        left.ShouldContain("Left: the run waits in runs.db:");
        var run = (await CommandAsync("runs", "list", "--store", "runs.db", "--tenant-id", "prices", "-o", "json"))[0];
        left.ReplaceLineEndings("").ShouldContain($"sluice run --resume {run.GetProperty("runId").GetString()}");
        run.GetProperty("state").GetString().ShouldNotBe("finished");
    }

    [Fact]
    public async Task Later_LeavesTheRunWaiting_AndAnotherProcessAnswers()
    {
        await using (var terminal = await StartAsync(120))
        {
            await terminal.SeesAsync("/help says what there is");
            await terminal.PasteAsync(PriceScripts.PlanAndExecute);
            await terminal.PressAsync("Enter");
            await terminal.EndsWithAsync(PlanQuestion);
            await terminal.EnterAsync("perhaps");
            await terminal.SeesAsync("'perhaps' is none of approve, edit, revise, reject, show, later.");
            await terminal.EnterAsync("later");
            await terminal.SeesAsync("/resume asks again");
            await terminal.EnterAsync("/approvals");
            await terminal.SeesAsync("/resume RUN goes on with one");
            await terminal.EnterAsync("And now?");
            await terminal.SeesAsync("has not ended: /resume goes on with it");
            await terminal.EnterAsync("/resume");
            await terminal.EndsWithAsync(PlanQuestion);
            await terminal.PressAsync("C-c");
            await terminal.PressAsync("C-d");
            await terminal.SeesAsync("ended with 0");
        }

        var thread = (await CommandAsync("runs", "list", "--store", "runs.db", "--tenant-id", "prices", "-o", "json"))[0].GetProperty("threadId").GetString()!;
        await using var again = await StartAsync(120, "--thread", thread);
        await again.SeesAsync("has not ended: /resume goes on with it");
        await again.EnterAsync("/resume");
        await again.EndsWithAsync(PlanQuestion);
        var request = (await CommandAsync("approvals", "list", "--store", "runs.db", "--tenant-id", "prices", "-o", "json"))[0].GetProperty("id").GetString()!;
        (await Processes.SluiceProcess.RunAsync(_desk.Folder, "approvals", "respond", request, "reject", "--feedback", "Too dear.", "--store", "runs.db", "--tenant-id", "prices", "--decided-by", "bob"))
            .ExitCode.ShouldBe(0);
        await again.SeesAsync("rejected by bob: Too dear.");
    }

    [Fact]
    public async Task Interrupt_OfTheEditor_IsNoneOfTheConversation()
    {
        await using var terminal = await StartAsync(120);
        _desk.Write("editor.sh", "trap 'echo caught > caught' INT; echo editing; until [ -f caught ]; do sleep 0.05; done; exit 0\n");
        await terminal.SeesAsync("/help says what there is");
        await terminal.PasteAsync(PriceScripts.PlanAndExecute);
        await terminal.PressAsync("Enter");
        await terminal.EndsWithAsync(PlanQuestion);
        await terminal.EnterAsync("edit");
        await terminal.SeesAsync("\nediting");

        await terminal.PressAsync("C-c");

        await terminal.SeesAsync("The plan is as it was, and nothing is decided.");
        await terminal.EndsWithAsync(PlanQuestion);
        await terminal.EnterAsync("rej not now");
        await terminal.SeesAsync("rejected by ana: not now");
    }

    [Fact]
    public async Task Run_AtATerminal_AsksThereToo()
    {
        var editor = _desk.Write("editor.sh", "sed -i 's/20/25/' \"$1\"\n");
        await using var terminal = await TerminalSession.StartAsync(
            _desk.Folder, new Dictionary<string, string> { ["EDITOR"] = $"sh {editor}", ["VISUAL"] = "" }, 120,
            ["run", "--app", PriceDesk, "--interpreter", "scripted", "--store", "runs.db", "--decided-by", "ana", "--prompt-file", _desk.Write("prompt.json", PriceScripts.PlanAndExecute)]);
        await terminal.EndsWithAsync("approve, edit, revise, reject, show>");

        await terminal.EnterAsync("edit");

        await terminal.SeesAsync("approve by ana.");
        await terminal.SeesAsync("ended with 0");
        using var records = System.Text.Json.JsonDocument.Parse((await Processes.SluiceProcess.RunAsync(_desk.Folder, "runs", "list", "--store", "runs.db", "--tenant-id", "prices", "-o", "json")).Out);
        var audit = await Processes.SluiceProcess.RunAsync(_desk.Folder, "audit", "show", records.RootElement[0].GetProperty("runId").GetString()!, "--store", "runs.db", "--tenant-id", "prices", "-o", "json");
        audit.Out.ShouldContain("Lowered by 25 %.");
    }

    [Fact]
    public async Task Line_CanBeEdited_AndComesBackFromTheHistory()
    {
        await using (var terminal = await StartAsync(80))
        {
            await terminal.SeesAsync("/help says what there is");
            await terminal.TypeAsync("""{"text":"Zoë 日本 "}""");
            await terminal.PressAsync("Left", "Left", "BSpace", "!", "C-a", "C-e", "Enter");
            await terminal.SeesAsync("\nZoë 日本!");
            await terminal.EnterAsync(""" {"text":"Nobody keeps this."}""");
            await terminal.SeesAsync("\nNobody keeps this.");
            await terminal.EnterAsync("""{"text": \""");
            await terminal.EnterAsync("\"Two lines.\"}");
            await terminal.SeesAsync("\nTwo lines.");
            await terminal.PressAsync("C-d");
            await terminal.SeesAsync("ended with 0");
        }

        await using var again = await StartAsync(80);
        await again.SeesAsync("/help says what there is");
        await again.PressAsync("Up");
        await again.SeesAsync("> {\"text\":\n  \"Two lines.\"}");
        await again.PressAsync("Up");
        await again.SeesAsync("> {\"text\":\"Zoë 日本!\"}");
        await again.PressAsync("Up", "Down", "Down");
        await again.EndsWithAsync(">");
        var history = Directory.GetFiles(_desk.PathOf("data"), "*.jsonl", SearchOption.AllDirectories).Single();
        File.ReadAllText(history).ShouldNotContain("Nobody keeps this");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(history).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<TerminalSession> StartAsync(int columns, params IEnumerable<string> more)
    {
        // An editor that notes what it found and writes what the test says.
        var editor = _desk.Write("editor.sh", "cat \"$1\" > seen; sed -i \"s/\\\"percent\\\": [0-9]*/\\\"percent\\\": $(cat percent)/\" \"$1\"\n");
        Directory.CreateDirectory(_desk.PathOf("data"));
        var variables = new Dictionary<string, string> { ["EDITOR"] = $"sh {editor}", ["VISUAL"] = "", ["XDG_DATA_HOME"] = _desk.PathOf("data"), ["LC_ALL"] = "C.UTF-8" };
        return await TerminalSession.StartAsync(
            _desk.Folder, variables, columns,
            ["chat", "--app", PriceDesk, "--interpreter", "scripted", "--store", "runs.db", "--decided-by", "ana", .. more]);
    }

    private async Task<System.Text.Json.JsonElement> CommandAsync(params string[] arguments)
    {
        var result = await Processes.SluiceProcess.RunAsync(_desk.Folder, arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return System.Text.Json.JsonElement.Parse(result.Out);
    }
}

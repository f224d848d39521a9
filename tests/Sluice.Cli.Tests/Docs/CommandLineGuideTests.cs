using System.Text.Json;
using Sluice.Cli.Tests.Processes;
using Sluice.TestServers;
using SQLitePCL;

namespace Sluice.Cli.Tests.Docs;

/// <summary>The command lines of docs/guides/command-line.md, in the order in which somebody would type them.</summary>
public sealed class CommandLineGuideTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-guide-").FullName;
    private readonly GuidePage _page = GuidePage.Read("docs/guides/command-line.md");

    public CommandLineGuideTests()
    {
        File.WriteAllText(Path.Combine(_folder, "runtime.json"), _page.Code("json"));
        Batteries_V2.Init();
        raw.sqlite3_open(Path.Combine(_folder, "chinook.db"), out var database).ShouldBe(raw.SQLITE_OK);
        using (database) raw.sqlite3_exec(database, "CREATE TABLE Track (Name TEXT); INSERT INTO Track VALUES ('a'), ('b')").ShouldBe(raw.SQLITE_OK);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EveryCommandLineOfThePage_DoesWhatThePageSays()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);

        // No model is asked here.
        (await DoAsync($"{_page.Take("run --spec runtime.json --database chinook.db --prompt")} --interpreter canned:Rock")).Out.ShouldBe("Rock\n");

        var script = _page.Take("run --spec runtime.json --database chinook.db --interpreter scripted");
        using (var run = SluiceProcess.StartInShell(_folder, script))
        {
            var request = await WaitingAsync();
            (await DoAsync(_page.Take("approvals list"))).Lines[1].ShouldStartWith(request.Id);
            await DoAsync(_page.Take("approvals respond").Replace("approval-13e5…", request.Id, StringComparison.Ordinal));
            var answered = await run.WaitAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
            (answered.ExitCode, answered.Out).ShouldBe((0, "Done.\n"), answered.Error);
            answered.Error.ShouldContain($"hint: sluice approvals respond {request.Id} --tenant-id acme approve|reject");
        }

        string runId;
        using (var run = SluiceProcess.StartInShell(_folder, script))
        {
            runId = (await WaitingAsync()).Run;
            run.Interrupt();
            (await run.WaitAsync()).ExitCode.ShouldBe(130);
        }

        using (var resumed = SluiceProcess.StartInShell(_folder, OfRun(_page.Take("run --resume"))))
        {
            await DoAsync(OfRun(_page.Take("runs cancel")));
            // Whoever came first, the run has ended.
            (await resumed.WaitAsync()).ExitCode.ShouldBe(1);
        }

        (await DoAsync(_page.Take("runs list"))).Lines.Length.ShouldBe(4);
        (await DoAsync(OfRun(_page.Take("audit show")))).Out.ShouldContain("execute_query");
        (await DoAsync(_page.Take("audit verify"))).Out.ShouldStartWith("3 runs");
        (await DoAsync(_page.Take("store check"))).Out.ShouldContain("is whole");
        (await DoAsync(_page.Take("mcp tools"))).Out.ShouldContain("execute_query");
        // The client, which nobody is here, closes the input at once.
        await DoAsync(_page.Take("mcp serve"));
        _page.Left.ShouldBeEmpty();

        string OfRun(string line) => line.Replace("run-01a2…", runId, StringComparison.Ordinal);
    }

    private async Task<CommandResult> DoAsync(string line)
    {
        var result = await SluiceProcess.RunInShellAsync(_folder, line);
        result.ExitCode.ShouldBe(0, $"sluice {line}\n{result.Error}");
        return result;
    }

    /// <summary>Waits until a request is in the store.</summary>
    private async Task<(string Id, string Run)> WaitingAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var listed = await SluiceProcess.RunAsync(_folder, "approvals", "list", "--spec", "runtime.json", "--output", "ndjson");
            if (listed.Lines is not [var line]) continue;
            var request = JsonElement.Parse(line);
            return (request.GetProperty("id").GetString()!, request.GetProperty("runId").GetString()!);
        }

        throw new TimeoutException("No request came.");
    }
}

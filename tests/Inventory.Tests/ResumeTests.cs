namespace Inventory.Tests;

/// <summary>Processes that are killed, and started again.</summary>
public sealed class ResumeTests(JobData data, UndisturbedJob undisturbed) : IClassFixture<JobData>, IClassFixture<UndisturbedJob>
{
    private const string Question = "(a, r, v): ";

    [Fact]
    public async Task Job_KilledWhileItWaits_GoesOnAndEndsAsUndisturbed()
    {
        await data.ResetAsync();
        await KillWhileItWaitsAsync();

        var run = await data.RunAsync("", "--approve", "always", "--events");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("waits for your approval of plan plan-");
        run.Output.ShouldContain("Going on with it");
        run.Output.ShouldContain("The plan was executed: 83 changes.");
        var events = run.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => Sluice.RuntimeEvent.FromJson(line)!).ToList();
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long)number));
        events.ShouldAllBe(e => e.RunId == events[0].RunId);
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Job_KilledWhileAnActionRuns_GoesOnAndEndsAsUndisturbed()
    {
        await data.ResetAsync();
        await KillInTheFirstActionAsync();

        var run = await data.RunAsync("", "--resume", "--approve", "always");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("was interrupted at plan plan-");
        run.Output.ShouldContain("│ purchase orders      │ 0      │ 1     │ +1         │");
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Theory]
    [InlineData("\"type\":\"approval_decision\"")]
    [InlineData("\"status\":\"executed\"")]
    [InlineData("\"type\":\"finish\"")]
    public async Task Job_KilledAtAMomentAfterTheApproval_EndsAsUndisturbed(string moment)
    {
        await data.ResetAsync();
        using (var killed = data.Start("--approve", "always", "--events"))
        {
            await killed.ReadUntilAsync(moment);
            await killed.KillAsync();
        }

        var run = await data.RunAsync("", "--resume");

        run.ExitCode.ShouldBe(0, run.Errors);
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Job_KilledAgainAndAgain_EndsAsUndisturbed()
    {
        await data.ResetAsync();
        var random = new Random(Environment.ProcessId);
        var moments = new List<int>();
        while (moments.Count < 3)
        {
            moments.Add(random.Next(1, 60));
            using var killed = data.Start("--approve", "always", "--events", moments.Count == 1 ? "--new" : "--resume");
            await killed.ReadLinesAsync(moments[^1], line => line.StartsWith('{'));
            await killed.KillAsync();
        }

        var run = await data.RunAsync("", "--resume", "--approve", "always");

        run.ExitCode.ShouldBe(0, $"Killed after the events {string.Join(", ", moments)}. {run.Errors}");
        data.Changes().ShouldBe(undisturbed.Changes, $"Killed after the events {string.Join(", ", moments)}.");
    }

    [Fact]
    public async Task Job_WhoseActionCannotBeFound_AsksWhatBecameOfIt()
    {
        await data.ResetAsync();
        await KillInTheFirstActionAsync();
        data.Execute("ALTER TABLE applied_actions RENAME COLUMN rows_affected TO rows_were");

        var silent = await data.RunAsync("");
        var told = await data.RunAsync("perhaps\nfailed\nthe order is missing\n");

        silent.ExitCode.ShouldBe(1);
        silent.Output.ShouldContain("The process stopped at this: Action 0 (reorder_products). It may have happened or not.");
        silent.Output.ShouldContain("no such column: rows_affected");
        silent.Output.ShouldContain("Nobody said what became of the action, so the run waits.");
        told.ExitCode.ShouldBe(1);
        told.Output.ShouldContain("waits for you to say what became of an action of plan plan-");
        told.Output.ShouldContain("Please answer retry, done or failed.");
        told.Output.ShouldContain("The plan failed. Action 0 (reorder_products) was marked as failed by");
        data.Execute("ALTER TABLE applied_actions RENAME COLUMN rows_were TO rows_affected");
    }

    [Fact]
    public async Task New_WhileARunWaits_CancelsThatRun()
    {
        await data.ResetAsync();
        await KillWhileItWaitsAsync();

        var anew = await data.RunAsync("", "--new", "--approve", "always");
        var nothing = await data.RunAsync("", "--resume");

        anew.Output.ShouldContain("That run is cancelled.");
        anew.Output.ShouldContain("The plan was executed: 83 changes.");
        nothing.ExitCode.ShouldBe(0, nothing.Errors);
        nothing.Output.ShouldContain("there is nothing to go on with");
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Reset_WhileARunWaits_ForgetsIt()
    {
        await data.ResetAsync();
        await KillWhileItWaitsAsync();

        var anew = await data.RunAsync("", "--reset", "--approve", "never");
        var nothing = await data.RunAsync("", "--resume");

        anew.Output.ShouldContain("earlier runs are forgotten");
        anew.Output.ShouldNotContain("Going on with it");
        nothing.Output.ShouldContain("there is nothing to go on with");
    }

    [Fact]
    public async Task Job_SentBackAndKilled_GoesOnWithItsSecondRound()
    {
        await data.ResetAsync();
        using (var killed = data.Start())
        {
            await killed.ReadUntilAsync(Question);
            await killed.TypeAsync("revise");
            await killed.TypeAsync("gentler");
            await killed.ReadUntilAsync(Question);
            await killed.KillAsync();
        }

        var run = await data.RunAsync("revise\nstill gentler\napprove\n");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("The agent was told: gentler");
        run.Output.ShouldContain("version 3, asked by the executor");
        data.Number("SELECT count(*) FROM price_changes WHERE abs(new_cents - 0.95 * old_cents) <= 0.5").ShouldBe(60);
    }

    private async Task KillWhileItWaitsAsync()
    {
        using var run = data.Start();
        await run.ReadUntilAsync(Question);
        await run.KillAsync();
    }

    /// <summary>The action is claimed and cannot have its effect, since somebody else writes to the database.</summary>
    private async Task KillInTheFirstActionAsync()
    {
        using var run = data.Start("--events");
        await run.ReadUntilAsync(Question);
        using var lockedOut = data.LockOperations();
        await run.TypeAsync("approve");
        await run.ReadUntilAsync("\"status\":\"executing\"");
        await run.KillAsync();
    }
}

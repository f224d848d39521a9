using Approvals;

namespace Inventory.Tests;

/// <summary>A second program decides what waits in the first one's store.</summary>
public sealed class ApprovalsProgramTests(JobData data, UndisturbedJob undisturbed) : IClassFixture<JobData>, IClassFixture<UndisturbedJob>
{
    private const string Question = "(a, r, v): ";

    [Fact]
    public async Task Approve_WhileTheJobWaits_LetsItGoOnByItself()
    {
        await data.ResetAsync();
        using var job = data.Start();
        await job.ReadUntilAsync(Question);

        var listed = await RunAsync();
        var decided = await RunAsync("approve", IdOf(listed), "--by", "ana");
        var run = await job.EndAsync();

        listed.Output.ShouldContain("1 waiting.");
        listed.Output.ShouldContain("execute plan 'plan-");
        listed.Output.ShouldContain("\"percent\": 20");
        decided.ExitCode.ShouldBe(0, decided.Errors);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Approved by ana.");
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Approve_AfterTheJobWasKilled_LetsItsNextStartGoOn()
    {
        await data.ResetAsync();
        await KillWhileItWaitsAsync();

        (await RunAsync("approve", IdOf(await RunAsync()), "--by", "ana")).ExitCode.ShouldBe(0);
        var run = await data.RunAsync("");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("was taken meanwhile");
        run.Output.ShouldContain("Approved by ana.");
        run.Output.ShouldNotContain(Question);
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Reject_WithFeedback_IsToldToTheAgentAndNotTakenTwice()
    {
        await data.ResetAsync();
        await KillWhileItWaitsAsync();
        var id = IdOf(await RunAsync());

        var ofOthers = await RunAsync("--tenant", "somebody-else");
        var rejected = await RunAsync("reject", id, "--by", "ana", "--feedback", "not in June");
        var again = await RunAsync("approve", id);
        var run = await data.RunAsync("");

        ofOthers.Output.ShouldContain("0 waiting.");
        rejected.ExitCode.ShouldBe(0, rejected.Errors);
        again.ExitCode.ShouldBe(1);
        again.Errors.ShouldContain("was decided at");
        run.Output.ShouldContain("The agent was told: not in June");
        data.Number("SELECT count(*) FROM applied_actions").ShouldBe(0);
    }

    [Fact]
    public async Task Approve_WithoutAStore_MakesNone()
    {
        var missing = data.RunsPath + ".missing";

        var run = await ProgramRun.RunAsync(typeof(RequestText).Assembly, "", missing);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("There is no store");
        File.Exists(missing).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Give the store, and to decide also the decision and the request's id.")]
    [InlineData("Give the store, and to decide also the decision and the request's id.", "store.db", "approve")]
    [InlineData("There is no decision 'perhaps'.", "store.db", "perhaps", "approval-1")]
    [InlineData("There is no option '--bye'.", "store.db", "--bye", "ana")]
    [InlineData("Option '--by' needs a value.", "store.db", "--by")]
    public void Options_ThatAreWrong_AreNamed(string problem, params string[] arguments)
    {
        var problems = new List<string>();
        Approvals.Options.Read(arguments, problems);
        problems.ShouldBe([problem]);
    }

    private static string IdOf(ProgramResult listed) =>
        listed.Output.Split('\n').First(line => line.StartsWith("approval-", StringComparison.Ordinal)).Split(':')[0];

    private Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) =>
        ProgramRun.RunAsync(typeof(RequestText).Assembly, "", [data.RunsPath, .. arguments]);

    private async Task KillWhileItWaitsAsync()
    {
        using var run = data.Start();
        await run.ReadUntilAsync(Question);
        await run.KillAsync();
    }
}

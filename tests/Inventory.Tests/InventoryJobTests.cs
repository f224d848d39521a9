using Inventory.Data;
using Sluice;
using Sluice.TestServers;

namespace Inventory.Tests;

public sealed class InventoryJobTests(JobData data) : IClassFixture<JobData>
{
    private const int Changes = 8 + 15 + 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_ApprovedAlways_ChangesTheOperationalDatabase()
    {
        await data.ResetAsync();

        var run = await data.RunAsync("", "--approve", "always");

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(0, run.Errors),
            () => run.Output.ShouldContain("Reusing the retail database"),
            () => run.Output.ShouldContain("Approved by --approve always."),
            () => run.Output.ShouldContain($"The plan was executed: {Changes} changes."),
            () => run.Output.ShouldNotContain('\u001b'));
        data.Number("SELECT count(*) FROM purchase_order_lines WHERE quantity = 24").ShouldBe(8);
        data.Number("SELECT count(*) FROM holds WHERE held_until = '2026-09-30'").ShouldBe(15);
        data.Number("SELECT count(*) FROM price_changes WHERE abs(new_cents - 0.8 * old_cents) <= 0.5").ShouldBe(60);
        data.Number("SELECT count(*) FROM price_changes c JOIN current_prices p USING (product_id) WHERE p.price_cents = c.new_cents").ShouldBe(60);
        data.Number("SELECT count(DISTINCT idempotency_key) FROM applied_actions").ShouldBe(3);
    }

    [Fact]
    public async Task Job_ApprovedNever_ChangesNothing()
    {
        await data.ResetAsync();
        var before = data.Content();

        var run = await data.RunAsync("", "--approve", "never");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("The plan was not approved, so nothing was changed.");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Job_PricesWouldFallBelowCost_FailsAndTakesTheOtherActionsBack()
    {
        await data.ResetAsync();
        var before = data.Content();

        var run = await data.RunAsync("", "--approve", "always", "--markdown", "60");

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(1),
            () => run.Output.ShouldContain("Not 60 % but 40 %, since the policy allows no more."),
            () => run.Output.ShouldContain("would fall below cost"),
            () => run.Output.ShouldContain("The plan failed. Action 2 (mark_down) failed: A markdown of 40 %"),
            () => Occurrences(run.Output, "│ compensated │").ShouldBe(2));
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Job_UnderAStricterPolicy_PlansByIt()
    {
        await data.ResetAsync();
        using var folder = new TemporaryFolder();
        var policies = ShopPolicies.With(folder, Policies.MarkDowns, "| Winter Boots | 40 |", "| Winter Boots | 10 |");

        var run = await data.RunAsync("", "--approve", "always", "--policies", policies);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Not 20 % but 10 %, since the policy allows no more.");
        run.Output.ShouldContain("By document:retail:markdown.md, ");
        data.Number("SELECT count(*) FROM price_changes WHERE abs(new_cents - 0.9 * old_cents) <= 0.5").ShouldBe(60);
        data.Number("SELECT count(*) FROM price_changes").ShouldBe(60);
    }

    [Fact]
    public async Task Job_WithoutAPolicy_DoesNotStart()
    {
        await data.ResetAsync();
        using var folder = new TemporaryFolder();
        var policies = ShopPolicies.With(folder, Policies.Holds, "| 30 September |", "| in autumn |");

        var run = await data.RunAsync("", "--approve", "always", "--policies", policies);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("seasonal-holds.md' has a row that cannot be read: | Snowshoes | in autumn |");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Job_ApprovedAtTheTerminal_AsksAgainUntilItUnderstands()
    {
        await data.ResetAsync();

        var run = await data.RunAsync("maybe\n Approve \n");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Please answer approve, reject or revise.");
        run.Output.ShouldContain($"Approved by {Environment.UserName} at the terminal.");
        run.Output.ShouldContain($"The plan was executed: {Changes} changes.");
    }

    [Fact]
    public async Task Job_RejectedAtTheTerminal_TellsTheFeedbackAndChangesNothing()
    {
        await data.ResetAsync();
        var before = data.Content();

        var run = await data.RunAsync("reject\nnot in June\n");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("The agent was told: not in June");
        run.Output.ShouldContain("nothing was changed");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Job_RevisedAtTheTerminal_ComesBackWithHalfTheMarkdown()
    {
        await data.ResetAsync();

        var run = await data.RunAsync("revise\ngentler\napprove\n");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("'gentler'");
        run.Output.ShouldContain("version 2, asked by the executor");
        run.Output.ShouldContain($"The plan was executed: {Changes} changes.");
        data.Number("SELECT count(*) FROM price_changes WHERE abs(new_cents - 0.9 * old_cents) <= 0.5").ShouldBe(60);
        data.Number("SELECT count(*) FROM price_changes").ShouldBe(60);
    }

    [Fact]
    public async Task Job_RevisedEveryTime_EndsAsADraft()
    {
        await data.ResetAsync();
        var before = data.Content();

        var run = await data.RunAsync("v\none\nv\n\nv\nthree\n");

        run.ExitCode.ShouldBe(0, run.Errors);
        Occurrences(run.Output, "Sent back for revision").ShouldBe(3);
        run.Output.ShouldContain("It stays a draft.");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Job_InputEndsWithoutAnAnswer_ChangesNothing()
    {
        await data.ResetAsync();
        var before = data.Content();

        var run = await data.RunAsync("");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Nobody answered: the standard input ended.");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Job_RunAgain_LeavesOutWhatEarlierPlansDealtWith()
    {
        await data.ResetAsync();

        for (var n = 0; n < 3; n++) (await data.RunAsync("", "--approve", "always")).ExitCode.ShouldBe(0);

        data.Number("SELECT count(*) FROM price_changes").ShouldBe(180);
        data.Number("SELECT count(DISTINCT product_id) FROM price_changes").ShouldBe(180);
        data.Number("SELECT count(DISTINCT product_id) FROM holds").ShouldBe(45);
        data.Number("SELECT count(DISTINCT product_id) FROM purchase_order_lines").ShouldBe(24);
    }

    [Fact]
    public async Task Job_NothingLeftToDo_SaysSo()
    {
        var operations = await data.ResetAsync();
        var all = Enumerable.Range(1, 20_000).Select(number => $"P-{number:D6}").ToArray();
        await operations.ReorderAsync("all/0", all, 1, Token);
        await operations.HoldAsync("all/1", all, "everything", cancellationToken: Token);
        await operations.MarkDownAsync("all/2", all, 1, Token);
        var before = data.Content();

        var run = await data.RunAsync("", "--approve", "always");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("earlier plans have dealt with all products. Start with --reset");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Reset_AfterARun_StartsAnew()
    {
        await data.ResetAsync();
        var before = data.Content();
        await data.RunAsync("", "--approve", "always");
        data.Content().ShouldNotBe(before);

        var run = await data.RunAsync("", "--reset", "--approve", "never");

        run.Output.ShouldContain("The operational database starts anew, and earlier runs are forgotten.");
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Events_OfARun_AreLinesOfJsonInOrder()
    {
        await data.ResetAsync();

        var run = await data.RunAsync("", "--approve", "always", "--events");

        var events = run.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => RuntimeEvent.FromJson(line)!).ToList();
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long)number));
        events[0].ShouldBeOfType<RunStartEvent>().EntryAgent.ShouldBe("coordinator");
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        run.Output.ShouldContain($"{events.Count} events, ");
        run.Output.ShouldNotContain("productIds");
    }

    [Fact]
    public async Task Interrupt_WhileAPlanWaits_EndsWithoutAChange()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await data.ResetAsync();
        var before = data.Content();
        using var run = data.Start();
        await run.ReadUntilAsync("(a, r, v): ");

        await run.InterruptAsync();

        var result = await run.EndAsync();
        result.ExitCode.ShouldBe(130);
        result.Errors.Trim().ShouldBe("Cancelled.");
        result.Output.ShouldContain("nothing was changed");
        data.Content().ShouldBe(before);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}

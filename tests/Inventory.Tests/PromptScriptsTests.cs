using Sluice;

namespace Inventory.Tests;

/// <summary>The app as Studio opens it: prompts as people write them, answered by script, on data of its own.</summary>
public sealed class PromptScriptsTests(JobData data) : IClassFixture<JobData>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_SentBackAndThenApproved_IsRevisedWithinItsRun()
    {
        await data.ResetAsync();
        await using var app = await OpenAsync();

        var events = await RunAsync(app, PromptScripts.Offered[0].Prompt, (ApprovalOutcome.Revise, "Only 10 % please"), (ApprovalOutcome.Revise, null), (ApprovalOutcome.Approve, null));

        events.OfType<ApprovalRequiredEvent>().Select(asked => asked.Target).Distinct().Count().ShouldBe(1);
        AnswerOf(events).ShouldEndWith("is executed: 83 changes.");
        var plan = (await app.Runtime.ListPlansAsync(cancellationToken: Token)).ShouldHaveSingleItem();
        plan.Version.ShouldBe(3);
        plan.Actions[2].Payload.GetProperty("percent").GetDecimal().ShouldBe(5);
    }

    [Fact]
    public async Task Job_Rejected_ChangesNothingAndCanBeAskedForAgain()
    {
        await data.ResetAsync();
        await using var app = await OpenAsync();
        var before = data.Content();

        AnswerOf(await RunAsync(app, PromptScripts.Offered[0].Prompt, (ApprovalOutcome.Reject, "not now"))).ShouldContain("was rejected: not now.");
        data.Content().ShouldBe(before);
        AnswerOf(await RunAsync(app, PromptScripts.Offered[0].Prompt, (ApprovalOutcome.Approve, null))).ShouldEndWith("is executed: 83 changes.");
        AnswerOf(await RunAsync(app, PromptScripts.Offered[0].Prompt, (ApprovalOutcome.Approve, null))).ShouldEndWith("is executed: 83 changes.");
    }

    [Fact]
    public async Task Prompts_ThatOnlyAsk_AreAnsweredFromTheData()
    {
        await data.ResetAsync();
        await using var app = await OpenAsync();

        AnswerOf(await RunAsync(app, PromptScripts.Offered[2].Prompt)).ShouldContain("winter boots were sold in 12 months.");
    }

    [Fact]
    public async Task Prompts_ThatNoScriptIsFor_AreAnsweredWithThoseThatThereAre()
    {
        await data.ResetAsync();
        await using var app = await OpenAsync();

        var answer = AnswerOf(await RunAsync(app, "Hello"));

        foreach (var offered in PromptScripts.Offered) answer.ShouldContain(offered.Prompt);
    }

    private Task<OpenApp> OpenAsync() => RetailApp.OpenAsync(data.FullPath, new(), Token);

    private static async Task<IReadOnlyList<RuntimeEvent>> RunAsync(OpenApp app, string prompt, params IEnumerable<(ApprovalOutcome Outcome, string? Feedback)> answers)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        var (events, left) = (new List<RuntimeEvent>(), new Queue<(ApprovalOutcome Outcome, string? Feedback)>(answers));
        await foreach (var happened in app.Runtime.QueryAsync(prompt, cancellationToken: patience.Token))
        {
            events.Add(happened);
            if (happened is not ApprovalRequiredEvent asked) continue;
            var (outcome, feedback) = left.Dequeue();
            await app.Runtime.RespondToApprovalAsync(asked.Id, outcome, feedback, cancellationToken: patience.Token);
        }

        left.ShouldBeEmpty();
        events[^1].ShouldBeOfType<FinishEvent>(events[^1].ToJson()).FinishReason.ShouldBe(FinishReason.Stop);
        return events;
    }

    private static string AnswerOf(IEnumerable<RuntimeEvent> events) =>
        string.Concat(events.OfType<TextEvent>().Where(text => text.ParentToolUseId is null).Select(text => text.Text));
}

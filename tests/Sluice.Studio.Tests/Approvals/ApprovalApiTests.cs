using System.Net;
using System.Text.Json;

namespace Sluice.Studio.Tests.Approvals;

public sealed class ApprovalApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Request_OfARun_IsListedAnsweredAndToldByWhom()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        var request = await studio.AskedAsync(run);

        (await studio.GetAsync($"{North}/approvals?run={run}")).GetProperty("items").EnumerateArray().Select(asked => asked.GetProperty("id").GetString()).ShouldBe([request]);
        var decided = await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "approve", feedback = "fine", decidedBy = "ana" });

        decided.GetProperty("status").GetString().ShouldBe("decided");
        decided.GetRawText().ShouldContain("ana");
        (await studio.GetAsync($"{North}/approvals")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await studio.GetAsync($"{North}/approvals?all=true")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await studio.GetAsync($"{North}/approvals/{request}")).GetProperty("status").GetString().ShouldBe("decided");
    }

    [Theory]
    [InlineData("", new[] { "t-0", "t-2", "t-4" })]
    [InlineData("&newest=true", new[] { "t-4", "t-2", "t-0" })]
    [InlineData("&all=true&newest=true", new[] { "t-4", "t-3", "t-2", "t-1", "t-0" })]
    [InlineData("&closed=true", new[] { "t-1", "t-3" })]
    [InlineData("&status=decided&newest=true", new[] { "t-3", "t-1" })]
    public async Task Requests_OfManyRuns_ArePagedInTheOrderThatIsAskedFor(string query, string[] threads)
    {
        await using var studio = await StudioHost.StartAsync();
        for (var number = 0; number < 5; number++)
        {
            var request = await studio.AskedAsync(await studio.StartRunAsync(Shop.Posting("a"), $"t-{number}"));
            if (number % 2 == 1) await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "reject" });
        }

        var listed = await studio.ListAsync($"{North}/approvals?limit=2{query}");

        listed.Select(request => request.GetProperty("threadId").GetString()).ShouldBe(threads);
    }

    [Theory]
    [InlineData("all=true&closed=true")]
    [InlineData("all=true&status=pending")]
    [InlineData("closed=true&status=decided")]
    public async Task Requests_ByConditionsThatExcludeOneAnother_AreNotListed(string query)
    {
        await using var studio = await StudioHost.StartAsync();

        (await studio.GetAsync($"{North}/approvals?{query}", HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!.ShouldContain("exclude");
    }

    [Fact]
    public async Task Plans_OfManyRuns_ArePagedNewestFirst()
    {
        await using var studio = await StudioHost.StartAsync();
        for (var number = 0; number < 5; number++) await studio.AskedAsync(await studio.StartRunAsync(Shop.Restocking($"plan-{number}"), $"t-{number}", "desk"));

        var all = await studio.ListAsync($"{North}/plans?limit=2");
        var ofThread = await studio.ListAsync($"{North}/plans?thread=t-3&status=draft");

        all.Select(plan => plan.GetProperty("planId").GetString()).ShouldBe(["plan-4", "plan-3", "plan-2", "plan-1", "plan-0"]);
        ofThread.Select(plan => plan.GetProperty("planId").GetString()).ShouldBe(["plan-3"]);
        var run = ofThread[0].GetProperty("runId").GetString();
        (await studio.ListAsync($"{North}/plans?run={run}")).Count.ShouldBe(1);
        (await studio.ListAsync($"{North}/plans?run=none")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_OfTwoPeopleAtOnce_CountOnce()
    {
        await using var studio = await StudioHost.StartAsync();
        var request = await studio.AskedAsync(await studio.StartRunAsync(Shop.Posting("a")));
        using var client = studio.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var content = System.Net.Http.Json.JsonContent.Create(new { outcome = number % 2 == 0 ? "approve" : "reject", decidedBy = $"person-{number}" });
            using var response = await client.PostAsync($"{North}/approvals/{request}", content, StudioHost.Token);
            return (response.StatusCode, Text: await response.Content.ReadAsStringAsync(StudioHost.Token));
        }));

        var counted = JsonElement.Parse(answers.Single(answer => answer.StatusCode == HttpStatusCode.OK).Text).GetProperty("decisions").GetRawText();
        var refused = answers.Where(answer => answer.StatusCode != HttpStatusCode.OK).ToList();
        refused.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Conflict);
        refused.ShouldAllBe(answer => answer.Text.Contains("approval_already_decided", StringComparison.Ordinal));
        refused.ShouldAllBe(answer => JsonElement.Parse(answer.Text).GetProperty("current").GetProperty("decisions").GetRawText() == counted);
    }

    [Fact]
    public async Task Request_ThatIsNotThereOrAnotherTenants_IsNotFound()
    {
        await using var studio = await StudioHost.StartAsync();
        var request = await studio.AskedAsync(await studio.StartRunAsync(Shop.Posting("a")));

        await studio.GetAsync($"{North}/approvals/none", HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/approvals/none", new { outcome = "approve" }, HttpStatusCode.NotFound);
        await studio.GetAsync($"/api/workspaces/south/approvals/{request}", HttpStatusCode.NotFound);
        await studio.PostAsync($"/api/workspaces/south/approvals/{request}", new { outcome = "approve" }, HttpStatusCode.NotFound);
        (await studio.GetAsync("/api/workspaces/south/approvals?all=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await studio.GetAsync($"{North}/approvals/{request}")).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Theory]
    [InlineData("""{"outcome":"perhaps"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"outcome":"mark_done"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"outcome":"approve","partial":{"a":1}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task Answer_ThatDoesNotFit_IsRefusedAndDecidesNothing(string body, HttpStatusCode expected)
    {
        await using var studio = await StudioHost.StartAsync();
        var request = await studio.AskedAsync(await studio.StartRunAsync(Shop.Posting("a")));

        await studio.PostAsync($"{North}/approvals/{request}", JsonElement.Parse(body), expected);

        (await studio.GetAsync($"{North}/approvals/{request}")).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Fact]
    public async Task Plan_EditedWhileItIsApproved_IsExecutedAsEdited()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Restocking("plan-1"), agent: "desk");
        var request = await studio.AskedAsync(run);
        var broken = new { actions = new[] { new { kind = "restock", product = "boots", quantity = 1000 } } };
        var edited = new { actions = new[] { new { kind = "restock", product = "boots", quantity = 7 } } };

        var refused = await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "approve", partial = broken }, HttpStatusCode.UnprocessableEntity);
        await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "approve", partial = edited });
        await using var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");
        await events.ReadToEndAsync();

        refused.GetProperty("code").GetString().ShouldBe("invalid_plan");
        refused.GetProperty("detail").GetString()!.ShouldContain("100");
        var plan = await studio.GetAsync($"{North}/plans/plan-1");
        plan.GetProperty("status").GetString().ShouldBe("executed");
        plan.GetProperty("result").GetProperty("entitiesAffected").GetInt64().ShouldBe(7);
        (await studio.GetAsync($"{North}/plans?status=executed")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await studio.GetAsync("/api/workspaces/south/plans/plan-1", HttpStatusCode.NotFound);
        (await studio.GetAsync("/api/workspaces/south/plans")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Reference_OfARun_IsGlimpsedAndReadByItsTenantAlone()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("basket"));
        var events = await studio.GetAsync($"{North}/runs/{run}/events");
        var id = events.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "reference_created").GetProperty("id").GetString();

        (await studio.GetAsync($"{North}/references/Basket/{id}")).GetProperty("glimpse").GetProperty("count").GetInt32().ShouldBe(2);
        (await studio.GetAsync($"{North}/references/Basket/{id}/value")).GetProperty("ids").GetArrayLength().ShouldBe(2);
        await studio.GetAsync($"/api/workspaces/south/references/Basket/{id}", HttpStatusCode.NotFound);
        await studio.GetAsync($"/api/workspaces/south/references/Basket/{id}/value", HttpStatusCode.NotFound);
        await studio.GetAsync($"{North}/references/Basket/none", HttpStatusCode.NotFound);
        await studio.GetAsync($"{North}/references/Nothing/none", HttpStatusCode.NotFound);
    }
}

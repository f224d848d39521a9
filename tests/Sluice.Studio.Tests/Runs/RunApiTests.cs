using System.Net;
using System.Text.Json;

namespace Sluice.Studio.Tests.Runs;

public sealed class RunApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Run_FromBeginningToEnd_IsToldFromEverySide()
    {
        await using var studio = await StudioHost.StartAsync();
        var prompt = Shop.Looking("a", "basket");

        var run = await studio.RunAsync(prompt);

        var details = await studio.GetAsync($"{North}/runs/{run}");
        details.GetProperty("run").GetProperty("state").GetString().ShouldBe("finished");
        details.GetProperty("prompt").GetString().ShouldBe(prompt.ToString());
        (await studio.GetAsync($"{North}/runs/{run}/trace")).GetProperty("spans").GetArrayLength().ShouldBeGreaterThan(2);
        (await studio.GetAsync($"{North}/runs/{run}/audit")).ValueKind.ShouldBe(JsonValueKind.Object);
        (await studio.GetAsync($"{North}/runs/{run}/verification")).GetProperty("problems").GetArrayLength().ShouldBe(0);
        var events = await studio.GetAsync($"{North}/runs/{run}/events?after=1&limit=2");
        events.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()).ShouldBe([2, 3]);
        events.GetProperty("lastSequence").GetInt64().ShouldBe(details.GetProperty("run").GetProperty("lastEvent").GetInt64());
    }

    /// <summary>One JSON form of events, however they are read.</summary>
    [Fact]
    public async Task Events_AsAPageAndAsAStream_AreTheSameText()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a", "basket"));
        await using var stream = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");

        var streamed = await stream.ReadToEndAsync();
        var page = await studio.GetAsync($"{North}/runs/{run}/events");

        page.GetProperty("events").EnumerateArray().Select(e => e.GetRawText()).ShouldBe(streamed.Select(frame => frame.Data!));
    }

    [Fact]
    public async Task Trace_WithoutContent_HasNoPrompt()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("planted-account"));

        (await studio.GetAsync($"{North}/runs/{run}/trace")).GetRawText().ShouldNotContain("planted-account");
        (await studio.GetAsync($"{North}/runs/{run}/trace?content=true")).GetRawText().ShouldContain("planted-account");
    }

    [Theory]
    [InlineData("{", "invalid_request")]
    [InlineData("null", "invalid_request")]
    [InlineData("{}", "invalid_request")]
    [InlineData("""{"prompt":"  "}""", "invalid_request")]
    [InlineData("""{"prompt":5}""", "invalid_request")]
    [InlineData("""{"prompt":"a","prompt":"b"}""", "invalid_request")]
    [InlineData("""{"prompt":"a","runId":" "}""", "invalid_request")]
    public async Task Start_WithABodyThatDoesNotFit_IsABadRequest(string body, string code)
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"{North}/threads/t-1/runs", content, StudioHost.Token);

        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(StudioHost.Token));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, problem.GetRawText());
        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Start_TwiceWithOneId_BeginsOneRun()
    {
        await using var studio = await StudioHost.StartAsync();
        var body = new { prompt = Shop.Looking("a").ToString(), agent = Shop.Clerk, runId = "run-of-mine" };

        await studio.PostAsync($"{North}/threads/t-1/runs", body, HttpStatusCode.Accepted);
        var again = await studio.PostAsync($"{North}/threads/t-1/runs", body, HttpStatusCode.Conflict);

        again.GetProperty("code").GetString().ShouldBe("run_active");
        (await studio.GetAsync($"{North}/runs")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Start_OfAnAgentThatIsNotThere_IsNotFound()
    {
        await using var studio = await StudioHost.StartAsync();

        var problem = await studio.PostAsync($"{North}/threads/t-1/runs", new { prompt = "x", agent = "nobody" }, HttpStatusCode.NotFound);

        problem.GetProperty("code").GetString().ShouldBe("unknown_agent");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("/trace")]
    [InlineData("/audit")]
    [InlineData("/verification")]
    [InlineData("/journal")]
    public async Task Run_ThatIsNotThereOrAnotherTenants_IsNotFound(string part)
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a"));

        (await studio.GetAsync($"{North}/runs/none{part}", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("run_not_found");
        (await studio.GetAsync($"/api/workspaces/south/runs/{run}{part}", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("run_not_found");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("resume")]
    [InlineData("fork")]
    public async Task Command_OnAnotherTenantsRun_IsNotFoundAndDoesNothing(string command)
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await studio.AskedAsync(run);

        var problem = await studio.PostAsync(
            $"/api/workspaces/south/runs/{run}/{command}", command == "fork" ? new { atEntry = 1 } : null, HttpStatusCode.NotFound);

        problem.GetProperty("code").GetString().ShouldBe("run_not_found");
        (await studio.GetAsync($"{North}/runs?state=waiting")).GetProperty("items")[0].GetProperty("runId").GetString().ShouldBe(run);
    }

    [Theory]
    [InlineData("/runs?limit=0")]
    [InlineData("/runs?limit=201")]
    [InlineData("/runs?limit=many")]
    [InlineData("/runs?state=sleeping")]
    [InlineData("/runs?cursor=!!")]
    [InlineData("/runs?cursor=bm9wZQ")]
    [InlineData("/threads?limit=0")]
    [InlineData("/approvals?limit=201")]
    [InlineData("/approvals?cursor=bm9wZQ")]
    [InlineData("/plans?cursor=bm9wZQ")]
    [InlineData("/approvals?status=lost")]
    [InlineData("/plans?limit=0")]
    public async Task List_WithAWrongQuery_IsABadRequest(string query)
    {
        await using var studio = await StudioHost.StartAsync();

        (await studio.GetAsync($"{North}{query}", HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("invalid_request");
    }

    [Fact]
    public async Task List_OfRuns_PagesThroughAllWhileNewOnesCome()
    {
        await using var studio = await StudioHost.StartAsync();
        var runs = new List<string>();
        for (var number = 0; number < 7; number++) runs.Add(await studio.RunAsync(Shop.Looking("a"), $"t-{number}"));

        var (listed, cursor) = (new List<string>(), "");
        while (true)
        {
            var page = await studio.GetAsync($"{North}/runs?limit=3{cursor}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("runId").GetString()!));
            if (page.GetProperty("nextCursor").GetString() is not { } next) break;
            cursor = $"&cursor={next}";
            await studio.RunAsync(Shop.Looking("new"), "t-new");
        }

        listed.ShouldBe(Enumerable.Reverse(runs));
    }

    [Fact]
    public async Task List_OfRuns_SaysWhatEachWasAsked()
    {
        await using var studio = await StudioHost.StartAsync();
        var (asked, lengthy) = (Shop.Looking("a"), Shop.Looking(new string('b', 300)));
        await studio.RunAsync(asked, "t-short");
        await studio.RunAsync(lengthy, "t-long");

        var items = (await studio.GetAsync($"{North}/runs")).GetProperty("items");

        items[1].GetProperty("prompt").GetString().ShouldBe(asked.ToString());
        items[0].GetProperty("prompt").GetString().ShouldBe($"{lengthy.ToString()[..199]}…");
    }

    [Fact]
    public async Task Journal_OfARun_PagesThroughAllEntries()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a", "b"));

        var first = await studio.GetAsync($"{North}/runs/{run}/journal?limit=2");
        var second = await studio.GetAsync($"{North}/runs/{run}/journal?limit=2&cursor={first.GetProperty("nextCursor").GetString()}");

        first.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt64()).ShouldBe([1, 2]);
        second.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt64()).ShouldBe([3, 4]);
        second.GetProperty("items")[0].GetProperty("previousHash").GetString().ShouldBe(first.GetProperty("items")[1].GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Cancel_OfAWaitingRun_EndsItAndMayBeRepeated()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await studio.AskedAsync(run);

        var cancelled = await studio.PostAsync($"{North}/runs/{run}/cancel", null);
        var again = await studio.PostAsync($"{North}/runs/{run}/cancel", null);

        cancelled.GetProperty("state").GetString().ShouldBe("cancelled");
        again.GetProperty("state").GetString().ShouldBe("cancelled");
        (await studio.PostAsync($"{North}/runs/{run}/resume", null, HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("run_ended");
    }

    [Fact]
    public async Task Fork_FromAStep_BeginsARunThatNamesItsOriginal()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a", "b"));

        var fork = (await studio.PostAsync($"{North}/runs/{run}/fork", new { atEntry = 4 }, HttpStatusCode.Accepted)).GetProperty("runId").GetString();
        await using var events = await EventReader.OpenAsync(studio, $"{North}/runs/{fork}/events");
        await events.ReadToEndAsync();

        var (details, original) = (await studio.GetAsync($"{North}/runs/{fork}"), await studio.GetAsync($"{North}/runs/{run}"));
        details.GetProperty("forkedFrom").GetString().ShouldBe(run);
        details.GetProperty("forkedAt").GetInt64().ShouldBe(4);
        details.GetProperty("specHash").GetString()!.Length.ShouldBe(64);
        details.GetProperty("specHash").GetString().ShouldBe(original.GetProperty("specHash").GetString());
        original.GetProperty("forkedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        await studio.PostAsync($"{North}/runs/{run}/fork", new { atEntry = 4000 }, HttpStatusCode.UnprocessableEntity);
    }
}

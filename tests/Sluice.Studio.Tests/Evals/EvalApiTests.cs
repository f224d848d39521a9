using System.Net;
using System.Text.Json;

namespace Sluice.Studio.Tests.Evals;

public sealed class EvalApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Test_MadeOfARun_IsKeptTriedAndPasses()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a"));

        var draft = await studio.PostAsync($"{North}/tests/from-run", new { runId = run, id = "look-at-a" });
        var saved = await studio.SendAsync(HttpMethod.Put, $"{North}/tests/look-at-a", new { version = 0, @case = draft });
        var eval = await studio.PostAsync($"{North}/tests/look-at-a/try", new { config = new { targetAgentId = Shop.Clerk, mode = "specialist" } }, HttpStatusCode.Accepted);
        var id = eval.GetProperty("id").GetString()!;
        var progress = await ProgressAsync(studio, eval);

        saved.GetProperty("version").GetInt64().ShouldBe(1);
        progress[0].Json!["type"]!.GetValue<string>().ShouldBe("started");
        progress[^1].Json!["type"]!.GetValue<string>().ShouldBe("completed");
        var ended = await studio.GetAsync($"{North}/evals/{id}");
        ended.GetProperty("state").GetString().ShouldBe("completed");
        ended.GetProperty("summary").GetProperty("verdict").GetString().ShouldBe("passed");
        (await studio.GetAsync($"{North}/evals/{id}/cases/look-at-a/samples/1")).GetProperty("scores").GetProperty("passed").GetBoolean().ShouldBeTrue();
        await studio.GetAsync($"{North}/evals/{id}/cases/look-at-a/samples/2", HttpStatusCode.NotFound);
        (await studio.GetAsync($"{North}/runs?evalRun={id}")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Test_TriedOnARunThatEnded_IsScoredWithoutBeingKept()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a"));
        var draft = await studio.PostAsync($"{North}/tests/from-run", new { runId = run, id = "look-at-a" });

        var fits = await studio.PostAsync($"{North}/tests/score", new { runId = run, @case = draft });
        var other = await studio.PostAsync($"{North}/tests/score", new { runId = run, @case = new { id = "t", input = "x", expectedTrajectory = new[] { "another_tool" } } });
        var nothing = await studio.PostAsync($"{North}/tests/score", new { runId = run, @case = new { id = "t", input = "x" } }, HttpStatusCode.UnprocessableEntity);

        fits.GetProperty("scores").GetProperty("passed").GetBoolean().ShouldBeTrue();
        fits.GetProperty("output").GetProperty("trajectory")[0].GetProperty("name").GetString().ShouldBe(Shop.Look);
        other.GetProperty("scores").GetProperty("passed").GetBoolean().ShouldBeFalse();
        other.GetProperty("scores").GetProperty("components")[0].GetProperty("trajectory").GetProperty("missing")[0].GetInt32().ShouldBe(0);
        nothing.GetProperty("code").GetString().ShouldBe("invalid_eval");
        await studio.PostAsync($"{North}/tests/score", new { runId = "none", @case = draft }, HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/tests/score", new { runId = "", @case = draft }, HttpStatusCode.BadRequest);
        (await studio.GetAsync($"{North}/tests")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Test_ChangedByTwoPeople_IsRefusedToTheSecondWithWhatIsThereNow()
    {
        await using var studio = await StudioHost.StartAsync();
        await SaveAsync(studio, "t", "first", 0);
        await SaveAsync(studio, "t", "second", 1);

        var refused = await SaveAsync(studio, "t", "third", 1, HttpStatusCode.Conflict);
        var removed = await studio.SendAsync(HttpMethod.Delete, $"{North}/tests/t?version=1", null, HttpStatusCode.Conflict);

        foreach (var problem in (JsonElement[])[refused, removed])
        {
            problem.GetProperty("code").GetString().ShouldBe("conflict");
            problem.GetProperty("current").GetProperty("version").GetInt64().ShouldBe(2);
            problem.GetProperty("current").GetProperty("value").GetProperty("input").GetString().ShouldBe("second");
        }

        await SaveAsync(studio, "t", "again", 0, HttpStatusCode.Conflict);
        await studio.SendAsync(HttpMethod.Delete, $"{North}/tests/t?version=2", null);
        await studio.GetAsync($"{North}/tests/t", HttpStatusCode.NotFound);
        await studio.GetAsync($"{North}/tests/{new string('t', 3000)}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Versions_OfATest_AreKeptNewestFirstAndGoWithIt()
    {
        await using var studio = await StudioHost.StartAsync();
        // Ids that begin alike keep apart.
        foreach (var id in (string[])["t", "t-2"])
        {
            foreach (var (input, version) in (IEnumerable<(string, long)>)[("first", 0), ("second", 1), ("third", 2)]) await SaveAsync(studio, id, input, version);
        }

        await SaveAsync(studio, "t-2", "refused", 1, HttpStatusCode.Conflict);
        (await VersionsAsync(studio, "t")).ShouldBe([(3, "third"), (2, "second"), (1, "first")]);
        (await VersionsAsync(studio, "t-2")).ShouldBe([(3, "third"), (2, "second"), (1, "first")]);
        await studio.GetAsync("/api/workspaces/south/tests/t/versions", HttpStatusCode.NotFound);
        await studio.SendAsync(HttpMethod.Delete, $"{North}/tests/t?version=3", null);
        await studio.GetAsync($"{North}/tests/t/versions", HttpStatusCode.NotFound);
        await SaveAsync(studio, "t", "anew", 0);

        (await VersionsAsync(studio, "t")).ShouldBe([(1, "anew")]);
        (await studio.GetAsync($"{North}/tests")).GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Versions_OfATestThatIsChangedOften_AreTheLastHundred()
    {
        await using var studio = await StudioHost.StartAsync();
        for (var version = 0; version < 103; version++) await SaveAsync(studio, "t", $"input {version + 1}", version);

        var versions = await VersionsAsync(studio, "t");

        versions.Count.ShouldBe(101);
        versions[^1].ShouldBe((3, "input 3"));
    }

    private static async Task<List<(long Version, string Input)>> VersionsAsync(StudioHost studio, string id) =>
    [
        .. (await studio.GetAsync($"{North}/tests/{id}/versions")).EnumerateArray()
            .Select(document => (document.GetProperty("version").GetInt64(), document.GetProperty("case").GetProperty("input").GetString()!)),
    ];

    [Theory]
    [InlineData("""{"id":"t"}""")]
    [InlineData("""{"id":"t","input":"x","expectedTrajectory":"no"}""")]
    [InlineData("""{"id":"t","input":"x","nonsense":1}""")]
    [InlineData("[]")]
    public async Task Test_ThatIsNoCase_IsRefusedWithItsPlace(string testCase)
    {
        await using var studio = await StudioHost.StartAsync();

        var problem = await studio.SendAsync(HttpMethod.Put, $"{North}/tests/t", new { @case = JsonElement.Parse(testCase) }, HttpStatusCode.UnprocessableEntity);

        problem.GetProperty("code").GetString().ShouldBe("invalid_eval");
        problem.GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Tests_OfAWorkspace_ComeInPagesByTagAndAreNobodyElses()
    {
        await using var studio = await StudioHost.StartAsync();
        foreach (var id in (string[])["c", "a", "b"]) await SaveAsync(studio, id, id, 0, tags: id == "b" ? ["smoke"] : []);

        var first = await studio.GetAsync($"{North}/tests?limit=2");
        var second = await studio.GetAsync($"{North}/tests?limit=2&cursor={first.GetProperty("nextCursor").GetString()}");

        IdsOf(first).ShouldBe(["a", "b"]);
        IdsOf(second).ShouldBe(["c"]);
        IdsOf(await studio.GetAsync($"{North}/tests?tag=smoke")).ShouldBe(["b"]);
        IdsOf(await studio.GetAsync("/api/workspaces/south/tests")).ShouldBeEmpty();
        await studio.GetAsync("/api/workspaces/south/tests/a", HttpStatusCode.NotFound);
        await studio.SendAsync(HttpMethod.Delete, "/api/workspaces/south/tests/a", null, HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/tests/none/try", new { }, HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/tests/from-run", new { runId = "none" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Evals_OfTheSameTests_AreComparedAndReported()
    {
        await using var studio = await StudioHost.StartAsync();
        var testCase = new { id = "t", input = Shop.Looking("a").ToString(), expectedTrajectory = new[] { Shop.Look }, tags = Array.Empty<string>() };
        await studio.SendAsync(HttpMethod.Put, $"{North}/tests/t", new { @case = testCase });
        var baseline = await EvalAsync(studio);
        await studio.SendAsync(HttpMethod.Put, $"{North}/tests/t", new { @case = testCase });
        var candidate = await EvalAsync(studio);

        var comparison = await studio.GetAsync($"{North}/evals/compare?baseline={baseline}&candidate={candidate}");

        var dataset = await studio.GetAsync($"{North}/evals/{baseline}/dataset");
        dataset.GetProperty("cases")[0].GetProperty("id").GetString().ShouldBe("t");
        dataset.GetProperty("config").GetProperty("samplesPerCase").GetInt32().ShouldBe(2);
        await studio.GetAsync($"/api/workspaces/south/evals/{baseline}/dataset", HttpStatusCode.NotFound);
        comparison.GetProperty("cases")[0].GetProperty("change").GetString().ShouldBe("unchanged");
        (await studio.GetAsync($"{North}/evals")).GetProperty("items").EnumerateArray().Select(eval => eval.GetProperty("id").GetString()).ShouldBe([candidate, baseline]);
        (await studio.GetAsync($"{North}/evals/{baseline}/artifact")).GetProperty("cases").GetArrayLength().ShouldBe(1);
        using var client = studio.Client();
        foreach (var (format, text) in ((string, string)[])[("html", "<!doctype html>"), ("junit", "<testsuite"), ("markdown", "|")])
        {
            using var report = await client.GetAsync($"{North}/evals/{baseline}/report?format={format}", StudioHost.Token);
            report.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            (await report.Content.ReadAsStringAsync(StudioHost.Token)).ShouldContain(text, Case.Insensitive);
        }

        await studio.GetAsync($"{North}/evals/{baseline}/report?format=pdf", HttpStatusCode.BadRequest);
        await studio.GetAsync($"/api/workspaces/south/evals/{baseline}", HttpStatusCode.NotFound);
        await studio.GetAsync($"/api/workspaces/south/evals/{baseline}/artifact", HttpStatusCode.NotFound);
        await studio.GetAsync($"{North}/evals/..%2Fstudio/artifact", HttpStatusCode.NotFound);
        await studio.SendAsync(HttpMethod.Delete, $"{North}/evals/{baseline}", null);
        await studio.GetAsync($"{North}/evals/{baseline}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Eval_ThatCannotBeRun_IsRefusedAndLeavesNothing()
    {
        await using var studio = await StudioHost.StartAsync();

        (await studio.PostAsync($"{North}/evals", new { }, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString().ShouldBe("invalid_eval");
        await SaveAsync(studio, "t", "x", 0);
        var problem = await studio.PostAsync($"{North}/evals", new { config = new { samplesPerCase = 0, concurrency = 0 } }, HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()).ShouldBe(["config.samplesPerCase", "config.concurrency"], ignoreOrder: true);
        await studio.PostAsync($"{North}/evals", new { tests = new[] { "none" } }, HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/evals", new { tag = "a", datasetPath = "b" }, HttpStatusCode.BadRequest);
        await studio.PostAsync($"{North}/evals", new { datasetPath = "nothing.yaml" }, HttpStatusCode.UnprocessableEntity);

        (await studio.GetAsync($"{North}/evals")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    /// <summary>Samples that ended are worth money: what cannot go on is left as it was.</summary>
    [Fact]
    public async Task Eval_ThatCannotGoOn_KeepsWhatItHas()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var first = await StudioHost.StartAsync(folder: folder.FullPath))
        {
            var eval = await StartAsync(first, new { id = "t", input = Shop.Looking([.. Enumerable.Range(0, 40).Select(number => $"{number}")]).ToString(), expectedTrajectory = new[] { Shop.Look } }, samples: 60);
            id = eval.GetProperty("id").GetString()!;
        }

        await using var second = await StudioHost.StartAsync(folder: folder.FullPath);
        var before = await second.GetAsync($"{North}/evals/{id}");
        var kept = Directory.GetFiles(folder.FullPath, "dataset.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var dataset = await File.ReadAllTextAsync(kept, StudioHost.Token);
        // Somebody changed the file: another agent is asked than the app has.
        await File.WriteAllTextAsync(kept, dataset.Replace($"\"{Shop.Clerk}\"", "\"nobody\"", StringComparison.Ordinal), StudioHost.Token);

        await second.PostAsync($"{North}/evals/{id}/resume", null, HttpStatusCode.UnprocessableEntity);

        (await second.GetAsync($"{North}/evals/{id}")).GetRawText().ShouldBe(before.GetRawText());
        await File.WriteAllTextAsync(kept, dataset, StudioHost.Token);
        var resumed = await second.PostAsync($"{North}/evals/{id}/resume", null, HttpStatusCode.Accepted);
        (await ProgressAsync(second, resumed))[^1].Json!["type"]!.GetValue<string>().ShouldBe("completed");
    }

    /// <summary>An eval whose server was stopped goes on with the next one.</summary>
    [Fact]
    public async Task Eval_InterruptedByAStop_IsResumedAfterwards()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var first = await StudioHost.StartAsync(folder: folder.FullPath))
        {
            // So many samples that some are still to be run when the server stops.
            var eval = await StartAsync(first, new { id = "t", input = Shop.Looking([.. Enumerable.Range(0, 40).Select(number => $"{number}")]).ToString(), expectedTrajectory = new[] { Shop.Look } }, samples: 60);
            id = eval.GetProperty("id").GetString()!;
        }

        await using var second = await StudioHost.StartAsync(folder: folder.FullPath);
        var state = (await second.GetAsync($"{North}/evals/{id}")).GetProperty("state").GetString();
        state.ShouldBeOneOf("interrupted", "cancelled");
        var ended = await second.GetAsync($"{North}/evals/{id}/samples");
        ended.GetArrayLength().ShouldBeInRange(0, 59);
        ended.EnumerateArray().ShouldAllBe(sample => sample.GetProperty("caseId").GetString() == "t");

        var resumed = await second.PostAsync($"{North}/evals/{id}/resume", null, HttpStatusCode.Accepted);
        (await ProgressAsync(second, resumed))[^1].Json!["type"]!.GetValue<string>().ShouldBe("completed");
        (await second.GetAsync($"{North}/evals/{id}/artifact")).GetProperty("cases")[0].GetProperty("samples").GetArrayLength().ShouldBe(60);
        (await second.GetAsync($"{North}/evals/{id}/samples")).GetArrayLength().ShouldBe(60);
        await second.GetAsync($"{North}/evals/none/samples", HttpStatusCode.NotFound);
        await second.PostAsync($"{North}/evals/{id}/resume", null, HttpStatusCode.Conflict);
    }

    private static async Task<string> EvalAsync(StudioHost studio)
    {
        var eval = await studio.PostAsync($"{North}/evals", new { config = Config(samples: 2) }, HttpStatusCode.Accepted);
        await ProgressAsync(studio, eval);
        return eval.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> StartAsync(StudioHost studio, object testCase, int samples)
    {
        await studio.SendAsync(HttpMethod.Put, $"{North}/tests/t", new { @case = testCase });
        return await studio.PostAsync($"{North}/evals", new { config = Config(samples) }, HttpStatusCode.Accepted);
    }

    private static object Config(int samples) => new { mode = "specialist", targetAgentId = Shop.Clerk, samplesPerCase = samples, passThreshold = 0 };

    private static async Task<IReadOnlyList<Frame>> ProgressAsync(StudioHost studio, JsonElement eval)
    {
        await using var events = await EventReader.OpenAsync(studio, $"{North}/jobs/{eval.GetProperty("jobId").GetString()}/progress");
        return await events.ReadToEndAsync();
    }

    private static Task<JsonElement> SaveAsync(
        StudioHost studio, string id, string input, long version, HttpStatusCode expected = HttpStatusCode.OK, IReadOnlyList<string>? tags = null) =>
        studio.SendAsync(HttpMethod.Put, $"{North}/tests/{id}", new { version, @case = new { id, input, expectedTrajectory = Array.Empty<string>(), tags = tags ?? [] } }, expected);

    private static IEnumerable<string?> IdsOf(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(test => test.GetProperty("id").GetString());
}

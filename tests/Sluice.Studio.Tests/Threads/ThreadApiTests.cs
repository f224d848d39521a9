using System.Net;

namespace Sluice.Studio.Tests.Threads;

public sealed class ThreadApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Thread_ThatIsCreated_HasItsNameOnceItHasARun()
    {
        await using var studio = await StudioHost.StartAsync();

        var created = await studio.PostAsync($"{North}/threads", new { title = " Boots " });
        var thread = created.GetProperty("threadId").GetString()!;
        await studio.RunAsync(Shop.Looking("a"), thread);

        var listed = (await studio.GetAsync($"{North}/threads")).GetProperty("items")[0];
        listed.GetProperty("thread").GetProperty("threadId").GetString().ShouldBe(thread);
        listed.GetProperty("title").GetString().ShouldBe("Boots");
        listed.GetProperty("firstPrompt").GetString().ShouldStartWith("{");
        (await studio.GetAsync($"{North}/threads/{thread}")).GetProperty("runs").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Thread_WithoutARun_IsListedNamedAndRemovedAsOthersAre()
    {
        await using var studio = await StudioHost.StartAsync();
        await studio.RunAsync(Shop.Looking("a"), "t-old");
        var thread = (await studio.PostAsync($"{North}/threads", new { })).GetProperty("threadId").GetString()!;

        var first = await studio.GetAsync($"{North}/threads?limit=1");
        var second = await studio.GetAsync($"{North}/threads?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");

        first.GetProperty("items")[0].GetProperty("thread").GetProperty("threadId").GetString().ShouldBe(thread);
        first.GetProperty("items")[0].GetProperty("thread").GetProperty("runCount").GetInt32().ShouldBe(0);
        second.GetProperty("items")[0].GetProperty("thread").GetProperty("threadId").GetString().ShouldBe("t-old");
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
        (await studio.SendAsync(HttpMethod.Patch, $"{North}/threads/{thread}", new { title = "Later" })).GetProperty("title").GetString().ShouldBe("Later");
        (await studio.GetAsync($"{North}/threads/{thread}/messages")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await studio.GetAsync($"/api/workspaces/south/threads/{thread}", HttpStatusCode.NotFound);
        await studio.SendAsync(HttpMethod.Delete, $"{North}/threads/{thread}", null);
        await studio.GetAsync($"{North}/threads/{thread}", HttpStatusCode.NotFound);
        (await studio.GetAsync($"{North}/threads")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Create_WithATitleThatIsTooLong_LeavesNothingBehind()
    {
        await using var studio = await StudioHost.StartAsync();

        await studio.PostAsync($"{North}/threads", new { title = new string('x', 201) }, HttpStatusCode.BadRequest);

        (await studio.GetAsync($"{North}/threads")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Thread_ThatIsRenamed_KeepsItsNameOverAStart()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await StudioHost.StartAsync(folder: folder.FullPath))
        {
            await first.RunAsync(Shop.Looking("a"));
            await first.SendAsync(HttpMethod.Patch, $"{North}/threads/t-1", new { title = "Ours" });
            await first.SendAsync(HttpMethod.Patch, $"{North}/threads/t-1", new { title = new string('x', 201) }, HttpStatusCode.BadRequest);
            await first.SendAsync(HttpMethod.Patch, $"{North}/threads/none", new { title = "x" }, HttpStatusCode.NotFound);
            await first.SendAsync(HttpMethod.Patch, "/api/workspaces/south/threads/t-1", new { title = "Theirs" }, HttpStatusCode.NotFound);
        }

        await using var second = await StudioHost.StartAsync(folder: folder.FullPath);

        (await second.GetAsync($"{North}/threads/t-1")).GetProperty("title").GetString().ShouldBe("Ours");
        (await second.SendAsync(HttpMethod.Patch, $"{North}/threads/t-1", new { title = "" })).GetProperty("title").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task List_OfThreads_PagesThroughAllWhileNewOnesCome()
    {
        await using var studio = await StudioHost.StartAsync();
        var threads = Enumerable.Range(0, 5).Select(number => $"t-{number}").ToList();
        foreach (var thread in threads) await studio.RunAsync(Shop.Looking("a"), thread);

        var (listed, cursor) = (new List<string>(), "");
        while (true)
        {
            var page = await studio.GetAsync($"{North}/threads?limit=2{cursor}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("thread").GetProperty("threadId").GetString()!));
            if (page.GetProperty("nextCursor").GetString() is not { } next) break;
            cursor = $"&cursor={next}";
            await studio.RunAsync(Shop.Looking("new"), "t-new");
        }

        listed.ShouldBe(Enumerable.Reverse(threads));
        (await studio.GetAsync("/api/workspaces/south/threads")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Messages_OfAThread_AreWhatWasAskedAndAnsweredInOrder()
    {
        await using var studio = await StudioHost.StartAsync();
        await studio.RunAsync(Script.Of(Script.Text("First."), Script.Call(Shop.Look, new { account = "a" }), Script.Text("Second.")));
        await studio.RunAsync(Shop.Looking("b"));

        var first = await studio.GetAsync($"{North}/threads/t-1/messages?limit=1");
        var second = await studio.GetAsync($"{North}/threads/t-1/messages?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");

        first.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("role").GetString()).ShouldBe(["user", "assistant"]);
        first.GetProperty("items")[1].GetProperty("text").GetString().ShouldBe("First.");
        second.GetProperty("items")[1].GetProperty("text").GetString().ShouldBe("looked");
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
        await studio.GetAsync($"{North}/threads/none/messages", HttpStatusCode.NotFound);
        await studio.GetAsync("/api/workspaces/south/threads/t-1/messages", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_OfAThread_IsRefusedWhileARunWaitsAndRemovesItsRunsAfterwards()
    {
        await using var studio = await StudioHost.StartAsync();
        var ended = await studio.RunAsync(Shop.Looking("a"));
        var waiting = await studio.StartRunAsync(Shop.Posting("a"));
        await studio.AskedAsync(waiting);

        var refused = await studio.SendAsync(HttpMethod.Delete, $"{North}/threads/t-1", null, HttpStatusCode.Conflict);
        refused.GetProperty("code").GetString().ShouldBe("thread_busy");
        await studio.GetAsync($"{North}/runs/{ended}");
        await studio.SendAsync(HttpMethod.Delete, "/api/workspaces/south/threads/t-1", null, HttpStatusCode.NotFound);
        await studio.PostAsync($"{North}/runs/{waiting}/cancel", null);

        var removed = await studio.SendAsync(HttpMethod.Delete, $"{North}/threads/t-1", null);

        removed.GetProperty("runs").GetInt32().ShouldBe(2);
        await studio.GetAsync($"{North}/threads/t-1", HttpStatusCode.NotFound);
        await studio.GetAsync($"{North}/runs/{ended}", HttpStatusCode.NotFound);
        (await studio.GetAsync($"{North}/approvals?all=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await studio.SendAsync(HttpMethod.Delete, $"{North}/threads/t-1", null, HttpStatusCode.NotFound);
    }
}

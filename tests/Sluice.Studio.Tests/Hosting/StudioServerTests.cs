using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Sluice.Studio.Tests.Hosting;

public sealed class StudioServerTests
{
    [Fact]
    public async Task Start_WithOptionsThatCannotBeUsed_NamesAllOfThem()
    {
        var options = new StudioOptions { Host = "0.0.0.0", Port = 70_000, StorePath = " ", AllowedHosts = ["studio.example", "https://studio.example", "a:1", ""], FilesRoot = "/not/there" };

        var refused = await Should.ThrowAsync<SpecValidationException>(Shop.App().RunStudioAsync(options, StudioHost.Token));

        refused.Code.ShouldBe(ErrorCodes.InvalidOptions);
        refused.Errors.Select(error => error.Code).ShouldBe(["out_of_range", "token_required", "invalid_host", "invalid_host", "invalid_host", "blank", "missing_folder"]);
        refused.Errors.Select(error => error.Path).ShouldContain("allowedHosts[1]");
    }

    [Theory]
    [InlineData("my-machine")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Start_OnAHostThatIsNoAddress_IsRefused(string host)
    {
        var refused = await Should.ThrowAsync<SpecValidationException>(Shop.App().RunStudioAsync(new StudioOptions { Host = host }, StudioHost.Token));

        refused.Errors.ShouldHaveSingleItem().Code.ShouldBe("invalid_host");
    }

    [Fact]
    public async Task Start_OnAPortThatIsTaken_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Directory.CreateTempSubdirectory("studio-");
        var options = new StudioOptions { Port = ((IPEndPoint)taken.LocalEndpoint).Port, StorePath = Path.Combine(folder.FullName, "studio.db") };

        var refused = await Should.ThrowAsync<SluiceException>(Shop.App().RunStudioAsync(options, StudioHost.Token));

        refused.Code.ShouldBe("port_in_use");
        refused.Message.ShouldContain(options.Port.Value.ToString(CultureInfo.InvariantCulture));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_WithWrongArguments_IsWrongUse()
    {
        (await Shop.App().RunStudioAsync(["--port", "many"], StudioHost.Token)).ShouldBe(2);
        (await Shop.App().RunStudioAsync(["--host", "0.0.0.0"], StudioHost.Token)).ShouldBe(2);
        (await Shop.App().RunStudioAsync(["--help"], StudioHost.Token)).ShouldBe(0);
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task Server_OnAllAddresses_IsReachedByAnyAddressButNoForeignName()
    {
        const string Token = "a-planted-token-0123456789";
        await using var studio = await StudioHost.StartAsync(options: new() { Host = "0.0.0.0", AuthToken = Token });
        using var client = new HttpClient { BaseAddress = new(studio.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);

        async Task<HttpStatusCode> AskAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
            request.Headers.Host = host;
            return (await client.SendAsync(request, StudioHost.Token)).StatusCode;
        }

        (await AskAsync("192.0.2.7:4111")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("evil.example:4111")).ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Whoever stops the server does not wait for pages that are open.</summary>
    [Fact]
    public async Task Stop_WhileAReaderWatches_EndsItsStream()
    {
        var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await studio.AskedAsync(run);
        await using var events = await EventReader.OpenAsync(studio, $"/api/workspaces/north/runs/{run}/events");
        await events.UntilAsync(frame => frame.Type == "approval_required");

        await studio.DisposeAsync().AsTask().WaitAsync(StudioHost.Patience, StudioHost.Token);

        Frame? last;
        do last = await events.ReadAsync();
        while (last is not null);
    }

    [Fact]
    public async Task Paths_TheApiDoesNotHave_AreNotFoundAsProblems()
    {
        await using var studio = await StudioHost.StartAsync();

        var problem = await studio.GetAsync("/api/nothing/of/that/kind", HttpStatusCode.NotFound);

        problem.GetProperty("code").GetString().ShouldBe("not_found");
        problem.GetProperty("type").GetString().ShouldBe("about:blank");
        problem.GetProperty("detail").GetString()!.ShouldContain("/api/docs");
    }

    [Fact]
    public async Task Workspaces_OfAnApp_AreListedWithWhatTheAppSaysOfThem()
    {
        var prompts = new[] { new { title = "Look", prompt = "look" } };
        await using var studio = await StudioHost.StartAsync(Shop.App(metadata: new Dictionary<string, object?> { ["prompts"] = prompts }));

        var status = await studio.GetAsync("/api/status");
        var workspaces = await studio.GetAsync("/api/workspaces");

        status.GetProperty("app").GetString().ShouldBe("shop");
        status.GetProperty("defaultWorkspace").GetString().ShouldBe("north");
        workspaces.EnumerateArray().Select(workspace => workspace.GetProperty("key").GetString()).ShouldBe(["north", "south"]);
        workspaces[0].GetProperty("metadata").GetProperty("prompts")[0].GetProperty("title").GetString().ShouldBe("Look");
        (await studio.GetAsync("/api/workspaces/west/runtime", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("unknown_workspace");
    }

    [Fact]
    public async Task Workspace_ThatCannotBeOpened_LeavesTheOthersAlone()
    {
        var app = Define.App("broken", new Dictionary<string, Workspace>
        {
            ["good"] = Define.Workspace("Good", Shop.Of("good"), request => Shop.Create("good", request)),
            ["bad"] = Define.Workspace("Bad", Shop.Of("bad"), AgentRuntime (_) => throw new InvalidOperationException("no database")),
        }, "good");
        await using var studio = await StudioHost.StartAsync(app);

        var problem = await studio.GetAsync("/api/workspaces/bad/runs", HttpStatusCode.UnprocessableEntity);
        await studio.GetAsync("/api/workspaces/good/runs");

        problem.GetProperty("code").GetString().ShouldBe("invalid_app");
        problem.GetProperty("detail").GetString()!.ShouldContain("no database");
        var listed = (await studio.GetAsync("/api/workspaces")).EnumerateArray().ToDictionary(workspace => workspace.GetProperty("key").GetString()!);
        listed["good"].GetProperty("state").GetString().ShouldBe("open");
        listed["bad"].GetProperty("state").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task Runtime_OfAWorkspace_IsToldWithoutItsKeys()
    {
        await using var studio = await StudioHost.StartAsync();

        var runtime = await studio.GetAsync("/api/workspaces/north/runtime");

        runtime.GetProperty("entryAgent").GetString().ShouldBe("desk");
        runtime.GetProperty("agents").EnumerateArray().Select(agent => agent.GetString()).ShouldBe(["desk", "clerk", "planner", "executor"]);
        runtime.GetProperty("plans")[0].GetProperty("schema").ValueKind.ShouldBe(JsonValueKind.Object);
        runtime.GetProperty("references")[0].GetString().ShouldBe("Basket");
    }

    [Fact]
    public async Task Agent_OfAWorkspace_IsToldWithPromptToolsAndRules()
    {
        await using var studio = await StudioHost.StartAsync();

        var agent = await studio.GetAsync("/api/workspaces/north/agents/clerk");

        agent.GetProperty("systemPrompt").GetString().ShouldBe("You <b>post</b>.");
        agent.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ShouldContain(Shop.Post);
        (await studio.GetAsync("/api/workspaces/north/agents")).GetArrayLength().ShouldBe(4);
        (await studio.GetAsync("/api/workspaces/north/agents/nobody", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("unknown_agent");
    }
}

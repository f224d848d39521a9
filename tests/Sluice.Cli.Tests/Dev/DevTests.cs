using System.Text.Json;
using Sluice.Cli.Tests.Apps;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Dev;

/// <summary>The program with real builds and real servers.</summary>
public sealed class DevTests : IDisposable
{
    private const string Workspace = "/api/workspaces/default";
    private const string Version = "Version = \"one\"";

    private readonly DevProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Edit_WhileARunWaits_LetsItGoOnWithTheNewCode_AndEveryEffectHappensOnce()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await using var dev = StudioProcess.Start(_project.Folder, "dev", "--app", ".", "--port", "0");
        var address = await dev.AddressAsync();
        var script = Script.Of(Script.Call("note", new { text = "first" }), Script.Call("note", new { text = "second" }), Script.Text("Both."));
        var run = (await dev.PostAsync(address, $"{Workspace}/threads/t-1/runs", new { prompt = script.ToString() })).GetProperty("runId").GetString();
        var first = await WaitingAsync(dev, address, "first");
        await ApproveAsync(dev, address, first);
        var second = await WaitingAsync(dev, address, "second");

        _project.Edit(Version, "Version = \"two\"");
        await dev.ToldAsync($"Serving the new build at {address.GetLeftPart(UriPartial.Authority)}");
        (await WaitingAsync(dev, address, "second")).ShouldBe(second);
        await ApproveAsync(dev, address, second);

        var ended = await dev.UntilAsync(address, $"{Workspace}/runs/{run}", found => StateOf(found) is not ("running" or "waiting" or "interrupted"), "the run ends");
        ended.GetProperty("run").GetProperty("finishReason").GetString().ShouldBe("stop");
        StateOf(ended).ShouldBe("finished");
        _project.Notes.ShouldBe(["first by one", "second by two"]);
        dev.Signal("TERM");
        (await dev.ExitCodeAsync()).ShouldBe(0, dev.Told);
        await ShouldBeGoneAsync(dev, address);
    }

    [Fact]
    public async Task Edit_ThatDoesNotBuild_LeavesTheServerAndNamesFileAndLine()
    {
        await using var dev = StudioProcess.Start(_project.Folder, "dev", "--app", ".", "--port", "0");
        var address = await dev.AddressAsync();
        var instance = await InstanceAsync(dev, address);

        _project.Edit(Version, "Version = 1");
        await dev.ToldAsync("The last build is served until then");

        dev.Told.ShouldContain("Made.cs changed.");
        dev.Told.ShouldContain("Made.cs(9,36): error CS0029");
        dev.Told.ShouldContain("made.csproj does not build: 1 error, shown above.");
        (await InstanceAsync(dev, address)).ShouldBe(instance);
        dev.Forget();
        _project.Edit(Version, Version);
        await dev.ToldAsync("Serving the new build");
        (await InstanceAsync(dev, address)).ShouldNotBe(instance);
    }

    [Fact]
    public async Task Dev_OfAProjectThatDoesNotBuildYet_ServesItOnceItDoes()
    {
        _project.Edit(Version, "Version = 1");
        await using var dev = StudioProcess.Start(_project.Folder, "dev", "--app", ".:Made.App", "--port", "0");

        await dev.ToldAsync("made.csproj does not build: 1 error, shown above. It is built again when a file changes.");
        _project.Edit(Version, Version);

        (await dev.GetAsync(await dev.AddressAsync(), "/api/status")).GetProperty("app").GetString().ShouldBe("made");
    }

    [Fact]
    public async Task Server_ThatEndsByItself_IsToldAndStartedAfterAnEdit()
    {
        _project.Edit("=> Define.App", "=> throw new System.InvalidOperationException(\"Not yet.\"); static App Other => Define.App");
        await using var dev = StudioProcess.Start(_project.Folder, "dev", "--app", ".", "--port", "0");

        await dev.ToldAsync("The server ended with 1. It is started again when a file changes.");
        dev.Told.ShouldContain("'Made.App' fails with InvalidOperationException: Not yet. (invalid_app)");
        _project.Edit(Version, Version);

        (await dev.GetAsync(await dev.AddressAsync(), "/api/status")).GetProperty("app").GetString().ShouldBe("made");
    }

    [Fact]
    public async Task Dev_ThatIsKilled_LeavesNoServer()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await using var dev = StudioProcess.Start(_project.Folder, "dev", "--app", ".", "--port", "0");
        var address = await dev.AddressAsync();

        dev.Signal("KILL");
        await dev.ExitCodeAsync();

        await ShouldBeGoneAsync(dev, address);
    }

    [Fact]
    public async Task Dev_OfAnAssembly_NamesTheCommandThatServesIt()
    {
        using var desk = new CommandDesk();

        var result = await desk.RunAsync("dev", "--app", SampleAssembly.Path);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("is no project, and only projects can be built.");
        result.Error.ShouldContain($"hint: 'sluice serve --app {SampleAssembly.Path}' serves it");
    }

    private static async Task<string> WaitingAsync(StudioProcess dev, Uri address, string text)
    {
        var found = await dev.UntilAsync(
            address, $"{Workspace}/approvals",
            page => page.GetProperty("items") is var list && list.GetArrayLength() == 1 && list[0].GetRawText().Contains(text, StringComparison.Ordinal), $"the note '{text}' waits");
        return found.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    private static async Task ApproveAsync(StudioProcess dev, Uri address, string id) => await dev.PostAsync(address, $"{Workspace}/approvals/{id}", new { outcome = "approve" });

    private static async Task<string> InstanceAsync(StudioProcess dev, Uri address) => (await dev.GetAsync(address, "/api/status")).GetProperty("instance").GetString()!;

    private static string StateOf(JsonElement details) => details.GetProperty("run").GetProperty("state").GetString()!;

    /// <summary>A server that has lost its starter ends by itself, soon after.</summary>
    private static async Task ShouldBeGoneAsync(StudioProcess dev, Uri address)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            try
            {
                await dev.GetAsync(address, "/api/status");
            }
            catch (HttpRequestException)
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The server at {address} is still there. {dev.Told}");
    }
}

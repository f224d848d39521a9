using Sluice.Testing;

namespace Sluice.Studio.Tests.Changes;

public sealed class ChangeApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Changes_OfAWorkspace_TellRunsAndRequestsOfItAlone()
    {
        await using var studio = await StudioHost.StartAsync();
        await using var changes = await EventReader.OpenAsync(studio, $"{North}/changes");
        await changes.UntilAsync(frame => frame.Name == "ready");
        await studio.RunAsync(Shop.Looking("a"), workspace: "south");
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        var request = await studio.AskedAsync(run);

        await changes.UntilAsync(frame => IsAbout(frame, run, "waiting"));
        if (!changes.Frames.Exists(frame => IsAbout(frame, request, "pending"))) await changes.UntilAsync(frame => IsAbout(frame, request, "pending"));
        await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "approve" });
        await changes.UntilAsync(frame => IsAbout(frame, run, "finished"));

        if (!changes.Frames.Exists(frame => IsAbout(frame, request, "decided"))) await changes.UntilAsync(frame => IsAbout(frame, request, "decided"));
        var told = changes.Frames.Where(frame => frame.Data is not null && frame.Name is null).ToList();
        told.ShouldAllBe(frame => frame.Id == null);
        told.Select(frame => frame.Json!["id"]!.GetValue<string>()).Distinct().ShouldBe([run, request], ignoreOrder: true);
    }

    [Fact]
    public async Task Changes_WhileNothingHappens_CostALookASecondAndSayNothing()
    {
        var time = new ManualTimeProvider();
        await using var studio = await StudioHost.StartAsync(time: time);
        await using var changes = await EventReader.OpenAsync(studio, $"{North}/changes");
        await changes.UntilAsync(frame => frame.Name == "ready");

        for (var second = 0; second < 12; second++)
        {
            await time.WaitForTimersAsync(2, StudioHost.Token).WaitAsync(StudioHost.Patience, StudioHost.Token);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        (await changes.ReadAsync()).ShouldBe(new Frame(null, null, null));
    }

    /// <summary>However many pages are open, the store is looked at once a second, and not at all once they are closed.</summary>
    [Fact]
    public async Task Changes_ForManyReaders_CostOneLookASecond()
    {
        var time = new ManualTimeProvider();
        await using var studio = await StudioHost.StartAsync(time: time);
        var readers = new List<EventReader>();
        for (var number = 0; number < 3; number++)
        {
            readers.Add(await EventReader.OpenAsync(studio, $"{North}/changes"));
            await readers[^1].UntilAsync(frame => frame.Name == "ready");
        }

        // One that tells when to look, and for each reader one that tells when to say that nothing happened.
        await time.WaitForTimersAsync(4, StudioHost.Token).WaitAsync(StudioHost.Patience, StudioHost.Token);
        time.ActiveTimers.ShouldBe(4);
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await studio.AskedAsync(run);
        time.Advance(TimeSpan.FromSeconds(1));

        foreach (var reader in readers) await reader.UntilAsync(frame => IsAbout(frame, run, "waiting"));
        foreach (var reader in readers) await reader.DisposeAsync();
        using var patience = new CancellationTokenSource(StudioHost.Patience);
        while (time.ActiveTimers > 0) await Task.Delay(10, patience.Token);

        await using var late = await EventReader.OpenAsync(studio, $"{North}/changes");
        await late.UntilAsync(frame => frame.Name == "ready");
    }

    [Fact]
    public async Task Usage_OfAWorkspace_CountsTheCallsOfItsRuns()
    {
        await using var studio = await StudioHost.StartAsync();
        await studio.RunAsync(Shop.Looking("a"));
        await studio.RunAsync(Shop.Looking("a"), workspace: "south");

        var usage = await studio.GetAsync($"{North}/usage?days=7");

        usage.GetProperty("runs").GetInt32().ShouldBe(1);
        usage.GetProperty("total").GetProperty("calls").GetInt32().ShouldBe(2);
        usage.GetProperty("agents")[0].GetProperty("name").GetString().ShouldBe(Shop.Clerk);
        usage.GetProperty("models")[0].GetProperty("name").GetString().ShouldBe("model-s");
        usage.GetProperty("days").GetArrayLength().ShouldBe(1);
        await studio.GetAsync($"{North}/usage?days=0", System.Net.HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Usage_AskedAgainAfterAForkAndAnotherRun_CountsEachCallOnce()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a", "b"));
        (await CallsAsync(studio)).ShouldBe(3);
        (await CallsAsync(studio)).ShouldBe(3);

        var fork = (await studio.PostAsync($"{North}/runs/{run}/fork", new { atEntry = 4 }, System.Net.HttpStatusCode.Accepted)).GetProperty("runId").GetString()!;
        await using (var events = await EventReader.OpenAsync(studio, $"{North}/runs/{fork}/events")) await events.ReadToEndAsync();
        var copied = (await studio.GetAsync($"{North}/runs/{fork}/trace")).GetProperty("spans").EnumerateArray()
            .Count(span => span.GetProperty("kind").GetString() == "chat" && span.TryGetProperty("isCopied", out _));
        var afterFork = await CallsAsync(studio);
        await studio.RunAsync(Shop.Looking("a"));

        copied.ShouldBeGreaterThan(0);
        afterFork.ShouldBe(6 - copied);
        (await CallsAsync(studio)).ShouldBe(afterFork + 2);
    }

    private static async Task<int> CallsAsync(StudioHost studio) => (await studio.GetAsync($"{North}/usage?days=1")).GetProperty("total").GetProperty("calls").GetInt32();

    private static bool IsAbout(Frame frame, string id, string state) =>
        frame is { Name: null, Json: { } change } && change["id"]?.GetValue<string>() == id && change["state"]?.GetValue<string>() == state;
}

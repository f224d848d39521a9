using System.Net.Sockets;
using System.Text;
using Sluice.Testing;

namespace Sluice.Studio.Tests.Runs;

public sealed class RunEventsTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Stream_OfARunThatHasEnded_HasTheseBytes()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Script.Of(Script.Text("Zoë\nsays <hi>")));
        using var client = studio.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");

        using var response = await client.GetAsync($"{North}/runs/{run}/events?after=1", StudioHost.Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(StudioHost.Token);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await studio.GetAsync($"{North}/runs/{run}/events?after=1");
        var expected = string.Concat(page.GetProperty("events").EnumerateArray().Select(e => $"id: {e.GetProperty("sequence").GetInt64()}\ndata: {e.GetRawText()}\n\n"));
        Encoding.UTF8.GetString(bytes).ShouldBe($"retry: 1000\n\n{expected}event: end\ndata: {{}}\n\n");
        expected.ShouldContain("Zoë\\nsays <hi>");
    }

    [Fact]
    public async Task Stream_JoinedAnywhere_GivesEveryEventOnce()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a", "b", "c"));
        var path = $"{North}/runs/{run}/events";
        await using var all = await EventReader.OpenAsync(studio, path);
        var events = await all.ReadToEndAsync();
        events.Select(frame => frame.Id).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long?)number));

        for (var last = 0; last <= events.Count; last++)
        {
            await using var rest = await EventReader.OpenAsync(studio, $"{path}?after=0", lastEventId: last);
            (await rest.ReadToEndAsync()).ShouldBe(events.Skip(last));
        }
    }

    /// <summary>A reader that is further than the run is holds events of another record.</summary>
    [Fact]
    public async Task Stream_JoinedBeyondItsEnd_TellsToForgetAndBeginsAnew()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a"));
        var path = $"{North}/runs/{run}/events";
        await using var all = await EventReader.OpenAsync(studio, path);
        var events = await all.ReadToEndAsync();

        foreach (var last in (long[])[events.Count + 1, long.MaxValue])
        {
            await using var beyond = await EventReader.OpenAsync(studio, path, lastEventId: last);
            var reset = await beyond.UntilAsync(frame => frame.Data is not null);

            reset.ShouldBe(new Frame(null, "reset", "{}"));
            (await beyond.ReadToEndAsync()).ShouldBe(events);
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("last")]
    public async Task Stream_AfterWhatIsNoPlace_IsABadRequest(string lastEventId)
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.RunAsync(Shop.Looking("a"));
        using var client = studio.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Last-Event-ID", lastEventId);

        using var response = await client.GetAsync($"{North}/runs/{run}/events", StudioHost.Token);

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Stream_WhileTheRunWaits_GoesOnAfterTheDecision()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await using var early = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");
        var asked = await early.UntilAsync(frame => frame.Type == "approval_required");
        await using var late = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events", lastEventId: asked.Id);

        await studio.PostAsync($"{North}/approvals/{asked.Json!["id"]}", new { outcome = "approve" });

        var events = await early.ReadToEndAsync();
        (await late.ReadToEndAsync()).ShouldBe(events.Where(frame => frame.Id > asked.Id));
        events[^1].Type.ShouldBe("finish");
    }

    /// <summary>A wait that is long lets the run leave memory; whoever watches does not notice.</summary>
    [Fact]
    public async Task Stream_OfARunThatLeftMemory_GoesOnAfterTheDecision()
    {
        await using var studio = await StudioHost.StartAsync(Shop.App(options => options.Limits = new() { SuspendAfter = TimeSpan.Zero }));
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await using var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");
        var asked = await events.UntilAsync(frame => frame.Type == "approval_required");

        await studio.PostAsync($"{North}/approvals/{asked.Json!["id"]}", new { outcome = "approve" });

        var all = await events.ReadToEndAsync();
        all.Select(frame => frame.Id).ShouldBe(Enumerable.Range(1, all.Count).Select(number => (long?)number));
        all[^1].Type.ShouldBe("finish");
    }

    [Fact]
    public async Task Stream_WhileNothingHappens_CarriesComments()
    {
        var time = new ManualTimeProvider();
        await using var studio = await StudioHost.StartAsync(time: time);
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        await using var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");
        await events.UntilAsync(frame => frame.Type == "approval_required");

        for (var beat = 0; beat < 3; beat++)
        {
            await time.WaitForTimersAsync(1, StudioHost.Token).WaitAsync(StudioHost.Patience, StudioHost.Token);
            time.Advance(TimeSpan.FromSeconds(10));
            (await events.ReadAsync()).ShouldBe(new Frame(null, null, null));
        }
    }

    [Fact]
    public async Task Reader_WhoLeaves_LeavesTheRunAlone()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Shop.Posting("a"));
        string request;
        await using (var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events"))
            request = (await events.UntilAsync(frame => frame.Type == "approval_required")).Json!["id"]!.GetValue<string>();

        await studio.PostAsync($"{North}/approvals/{request}", new { outcome = "approve" });

        await using var again = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");
        (await again.ReadToEndAsync())[^1].Type.ShouldBe("finish");
    }

    /// <summary>Somebody who asks for events and reads none keeps nobody waiting.</summary>
    [Fact]
    public async Task Reader_WhoReadsNothing_DoesNotHoldTheRunUp()
    {
        await using var studio = await StudioHost.StartAsync();
        var large = new string('x', 100_000);
        var run = await studio.StartRunAsync(Script.Of([.. Enumerable.Range(0, 30).Select(number => Script.Call(Shop.Look, new { account = $"{number} {large}" }))]));
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        var address = new Uri(studio.Address);
        await slow.ConnectAsync(address.Host, address.Port, StudioHost.Token);
        await slow.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET {North}/runs/{run}/events HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/event-stream\r\n\r\n"), StudioHost.Token);

        await using var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events");

        (await events.ReadToEndAsync())[^1].Type.ShouldBe("finish");
    }

    [Fact]
    public async Task Run_ThatWaitsWhileTheServerStartsAnew_GoesOnWhereItWas()
    {
        using var folder = new TemporaryFolder();
        string run;
        string request;
        IReadOnlyList<Frame> before;
        await using (var first = await StudioHost.StartAsync(folder: folder.FullPath))
        {
            run = await first.StartRunAsync(Shop.Posting("a"));
            await using var events = await EventReader.OpenAsync(first, $"{North}/runs/{run}/events");
            request = (await events.UntilAsync(frame => frame.Type == "approval_required")).Json!["id"]!.GetValue<string>();
            before = [.. events.Frames.Where(frame => frame.Id is not null)];
        }

        await using var second = await StudioHost.StartAsync(folder: folder.FullPath);
        await using var rest = await EventReader.OpenAsync(second, $"{North}/runs/{run}/events", lastEventId: before[^1].Id);
        (await second.GetAsync($"{North}/approvals")).GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(request);
        await second.PostAsync($"{North}/approvals/{request}", new { outcome = "approve" });

        var after = await rest.ReadToEndAsync();
        after[0].Id.ShouldBe(before[^1].Id + 1);
        after[^1].Type.ShouldBe("finish");
    }
}

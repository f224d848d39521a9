using System.Text;
using Sluice.ModelServer;

namespace Inventory.Tests.Live;

/// <summary>The job done by models behind the real protocols, and by a recording of them.</summary>
public sealed class LiveJobTests(JobData data, UndisturbedJob undisturbed) : IClassFixture<JobData>, IClassFixture<UndisturbedJob>
{
    private const string Key = "sk-planted-0123456789abcdef";

    private string Cassette => Path.Combine(data.FullPath, "job.jsonl");

    [Fact]
    public async Task Live_WithAKeyOfAnthropic_DoesTheJobAndItsRecordingDoesItAgainWithoutAServer()
    {
        await data.ResetAsync();
        ProgramResult live;
        await using (var server = await LocalModelServer.StartAsync(JobModel.Respond))
        {
            live = await RunAsync(
                [("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", server.Address.ToString())], "--approve", "always", "--record", Cassette, "--events");
            server.Requests.ShouldAllBe(request => request.Headers["x-api-key"] == Key);
            server.Count.ShouldBe(12, "three turns of the coordinator, six of the planner and three of the executor");
        }

        live.ExitCode.ShouldBe(0, live.Output + live.Errors);
        live.Output.ShouldContain("Models do the job.");
        live.Output.ShouldContain("of input, ");
        data.Changes().ShouldBe(undisturbed.Changes);
        Everything(live).ShouldNotContain(Key);

        await data.ResetAsync();
        var replayed = await RunAsync([], "--approve", "always", "--replay", Cassette);
        replayed.ExitCode.ShouldBe(0, replayed.Output + replayed.Errors);
        replayed.Output.ShouldContain("No model is called");
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Live_WithAKeyOfOpenAI_DoesTheJob()
    {
        await data.ResetAsync();
        await using var server = await LocalModelServer.StartAsync(JobModel.Respond);
        var live = await RunAsync([("OPENAI_API_KEY", Key), ("OPENAI_BASE_URL", new Uri(server.Address, "v1").ToString())], "--approve", "always", "--live");
        live.ExitCode.ShouldBe(0, live.Output + live.Errors);
        server.Requests.ShouldAllBe(request => request.Headers["Authorization"] == $"Bearer {Key}");
        data.Changes().ShouldBe(undisturbed.Changes);
        Everything(live).ShouldNotContain(Key);
    }

    [Fact]
    public async Task Live_UnderAnotherPolicy_PlansWhatTheModelReadsInIt()
    {
        await data.ResetAsync();
        using var folder = new TemporaryFolder();
        var policies = ShopPolicies.With(folder, Policies.Reordering, "| Running Shoes | 14 | 24 |", "| Running Shoes | 14 | 36 |");
        await using var server = await LocalModelServer.StartAsync(JobModel.Respond);

        var live = await RunAsync(
            [("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", server.Address.ToString())], "--approve", "always", "--live", "--policies", policies);

        live.ExitCode.ShouldBe(0, live.Output + live.Errors);
        data.Number("SELECT count(*) FROM purchase_order_lines WHERE quantity = 36").ShouldBe(8);
    }

    [Fact]
    public async Task Live_KilledWhileAModelAnswers_AsksItAgainAndGoesOn()
    {
        await data.ResetAsync();
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalModelServer.StartAsync(request =>
        {
            var response = JobModel.Respond(request);
            if (request.Number != 5) return response;
            stalled.SetResult();
            return response with { Pace = new() { StallAfter = response.Body.Length / 2 } };
        });
        var variables = Variables([("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", server.Address.ToString())]);
        using (var killed = ProgramRun.Start(variables, ["--data", data.FullPath, "--live", "--approve", "always"]))
        {
            await stalled.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await killed.KillAsync();
        }

        var run = await ProgramRun.RunAsync(variables, "", ["--data", data.FullPath, "--live", "--approve", "always"]);
        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.ShouldContain("Going on with it");
        server.Count.ShouldBe(13, "twelve turns, one of them twice");
        data.Changes().ShouldBe(undisturbed.Changes);
    }

    [Fact]
    public async Task Live_WithoutAKey_SaysWhatToSetAndStartsNothing()
    {
        var run = await RunAsync([], "--live");
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("set ANTHROPIC_API_KEY or OPENAI_API_KEY");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Live_WithoutAnybodyAtTheEndpoint_FailsWithTheReason()
    {
        await data.ResetAsync();
        Uri gone;
        await using (var server = await LocalModelServer.StartAsync(JobModel.Respond)) gone = server.Address;
        var run = await RunAsync([("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", gone.ToString())], "--approve", "always", "--live");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("provider_unavailable");
        run.Output.ShouldContain("is asked again");
        Everything(run).ShouldNotContain(Key);
    }

    [Fact]
    public async Task Replay_OfAnotherRequest_NamesTheDifference()
    {
        await data.ResetAsync();
        await using (var server = await LocalModelServer.StartAsync(JobModel.Respond))
        {
            await RunAsync(
                [("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", server.Address.ToString())], "--approve", "never", "--record", Cassette + ".other");
        }

        await data.ResetAsync();
        var run = await RunAsync([], "--approve", "always", "--replay", Cassette + ".other", "--markdown", "30");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("not_recorded");
    }

    private Task<ProgramResult> RunAsync(IReadOnlyList<(string Name, string Value)> environment, params IReadOnlyList<string> arguments) =>
        ProgramRun.RunAsync(Variables(environment), "", ["--data", data.FullPath, .. arguments]);

    private static Dictionary<string, string?> Variables(IReadOnlyList<(string Name, string Value)> environment)
    {
        // Keys of whoever runs the tests must not be used.
        var variables = new Dictionary<string, string?>
        {
            ["ANTHROPIC_API_KEY"] = null,
            ["OPENAI_API_KEY"] = null,
            ["ANTHROPIC_BASE_URL"] = null,
            ["OPENAI_BASE_URL"] = null,
        };
        foreach (var (name, value) in environment) variables[name] = value;
        return variables;
    }

    /// <summary>All that a run printed and wrote.</summary>
    private string Everything(ProgramResult run)
    {
        var everything = new StringBuilder(run.Output).Append(run.Errors);
        foreach (var file in Directory.EnumerateFiles(data.FullPath).Where(file => !file.EndsWith("retail.db", StringComparison.Ordinal)))
            everything.Append(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        return everything.ToString();
    }
}

using Sluice.Testing;

namespace Sluice.Runtime.Tests.Retention;

/// <summary>A store that is used for long and pruned now and then does not grow with what it has ever held.</summary>
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 40;
    private const int RunsPerRound = 20;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-soak-").FullName;

    [Fact]
    public async Task SqliteFile_PrunedRoundAfterRound_StaysAsLargeAsWhatItHolds()
    {
        var path = Path.Combine(_folder, "state.db");
        var time = new ManualTimeProvider();
        var pages = Define.Reference<string>("Page", ttl: Age);
        var tools = new[]
        {
            Sample.Tool("pay", _ => Task.FromResult<object?>("paid")) with { Approval = Approval.Always },
            Sample.Tool("page", async ctx => await ctx.References.CreateAsync(pages, $"{ctx.RunId} {new string('x', 20_000)}")),
        };
        var sizes = new List<long>();
        await using (var storage = SqliteStorage.Open(path))
        await using (var runtime = Sample.Scripted(
            Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "model-s", "You work.", tools: tools)], references: [pages]),
            options => (options.Storage, options.TimeProvider) = (storage, time)))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, RunsPerRound).Select(run => RunAsync(runtime, $"t-{run % 4}")));
                time.Advance(TimeSpan.FromDays(2));
                await runtime.PruneAsync(new() { OlderThan = Age });
                // The log beside it stays as long as it ever was, which is a matter of who read when.
                sizes.Add(new FileInfo(path).Length);
            }

            (await runtime.ListRunsAsync()).ShouldBeEmpty();
        }

        output.WriteLine($"KiB after each round: {string.Join(' ', sizes.Select(size => size / 1024))}");
        sizes[^1].ShouldBeLessThanOrEqualTo(sizes[Rounds / 4] * 5 / 4, "the file grew from the tenth round to the last");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RunAsync(SluiceRuntime runtime, string threadId)
    {
        var run = await WatchedRun.StartAsync(
            runtime, Script.Of(Script.Call("page"), Script.Call("pay"), Script.Text("done")), threadId: threadId);
        (await run.DecideAsync(ApprovalOutcome.Approve)).ShouldFinish();
    }
}

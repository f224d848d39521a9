using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Ledgers;
using Sluice.CrashTests.Matrix;
using Sluice.Journal;
using Sluice.TestServers;

namespace Sluice.CrashTests.Outages;

/// <summary>The PostgreSQL server crashes and comes back while many runs are at work; once their process dies with it.</summary>
[Collection(ChildrenCollection.Name)]
public sealed class OutageTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 12;
    private const int Crashes = 4;
    private const int StepsBetween = 25;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Server_ThatCrashesUnderLoad_LosesNoRunAndRepeatsNoEffect()
    {
        PostgresFixture.SkipWithoutServer();
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        var place = JobPlace.InPostgres(server.ConnectionString, _folder.CreateFolder());

        await CrashAsync(server, place);

        var doubts = await CheckAsync(place);
        Report.Write(output, $"server crashes, postgres: {Crashes} under load of {Runs} runs, one with its process; {Runs * ShopJob.Effects} effects exactly once, {doubts} in doubt and answered");
    }

    private static async Task CrashAsync(PostgresServer server, JobPlace place)
    {
        var child = Start(place);
        try
        {
            for (var crash = 0; crash < Crashes; crash++)
            {
                for (var step = 0; step < StepsBetween; step++) (await child.ReadLineAsync()).ShouldBe(LoadProgram.Step, "the runs ended too soon");
                await server.StopAsync(immediate: true);
                if (crash == 1)
                {
                    child.Kill();
                    (await child.ReadToEndAsync()).IsKilled.ShouldBeTrue();
                    child.Dispose();
                }

                await server.RestartAsync();
                if (crash == 1) child = Start(place);
            }

            (await child.ReadToEndAsync()).IsKilled.ShouldBeFalse();
        }
        finally
        {
            child.Dispose();
        }
    }

    private static ChildProcess Start(JobPlace place) => ChildProcess.Start(LoadProgram.Verb, place.Store, place.LedgerPath, $"{Runs}");

    /// <summary>Checks what the runs left behind.</summary>
    /// <returns>How many effects were in doubt.</returns>
    private static async Task<int> CheckAsync(JobPlace place)
    {
        var ledger = new Ledger(place.LedgerPath);
        var effects = ledger.Read().Where(line => line.Kind == LedgerLineKind.Effect).ToList();
        effects.Select(effect => effect.Key).ShouldBeUnique();
        effects.CountBy(effect => effect.Step).ShouldAllBe(pair => pair.Value == Runs);
        effects.Count.ShouldBe(Runs * ShopJob.Effects);
        await using var storage = StoreAddress.Open(place.Store);
        var tenant = new ShopJob(ledger).Spec().Tenant;
        for (var number = 0; number < Runs; number++)
        {
            var run = (await storage.Journal.GetRunAsync(tenant, LoadProgram.RunIdOf(number), default))!;
            run.State.ShouldBe(RunState.Finished, run.RunId);
            JournalHash.FindBreak(await storage.Journal.ReadAsync(tenant, run.RunId, 0, default).ToListAsync(), run.LastEntry).ShouldBeNull(run.RunId);
            (await storage.Plans.GetAsync(tenant, ShopJob.PlanId(run.RunId), default))!.Status.ShouldBe(PlanStatus.Executed, run.RunId);
        }

        var asked = await storage.Approvals.ListAsync(tenant, new() { Limit = 1000 }, default);
        asked.ShouldAllBe(request => request.Status == ApprovalStatus.Decided && request.Decisions.Count == 1);
        return asked.Count(request => request.Kind == ApprovalKind.InDoubt);
    }
}

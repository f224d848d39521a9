using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Kills;
using Sluice.CrashTests.Ledgers;
using Sluice.CrashTests.Matrix;
using Sluice.Journal;

namespace Sluice.CrashTests.Stalls;

/// <summary>A process that is stopped past its lease and wakes up when another one has finished its run.</summary>
[Collection(ChildrenCollection.Name)]
public sealed class StallTests(PostgresFixture postgres) : IDisposable
{
    private const string Action = "main/4/scripted-tool-6/1/scripted-tool-1#action/2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public Task Owner_StalledAtItsClaim_OnSqlite_WakesUpAndDoesNothing(string when) => StallAsync(JobPlace.InSqlite(_folder.CreateFolder()), when);

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Owner_StalledAtItsClaim_OnPostgres_WakesUpAndDoesNothing(string when) =>
        await StallAsync(JobPlace.InPostgres(await postgres.CreateDatabaseAsync(), _folder.CreateFolder()), when);

    private static async Task StallAsync(JobPlace place, string when)
    {
        using var owner = ChildProcess.Start(OwnerProgram.Verb, place.Store, place.LedgerPath, KillSwitch.Append(when, JournalEntryKind.ActionStarted, Action));
        (await owner.ReadLineAsync()).ShouldBe(OwnerProgram.Halted);
        Signal.Send(owner.Id, Signal.Stop);
        var before = EffectsOf(owner, place);

        using var heir = ChildProcess.Start(HeirProgram.Verb, place.Store, place.LedgerPath);
        (await heir.ReadToEndAsync()).IsKilled.ShouldBeFalse();
        var finished = await JobOutcome.ReadAsync(place);

        await owner.WriteLineAsync("go on");
        Signal.Send(owner.Id, Signal.Continue);
        (await owner.ReadToEndAsync()).Lines[^1].ShouldBeOneOf(ErrorCodes.LeaseLost, ErrorCodes.JournalConflict);

        EffectsOf(owner, place).ShouldBe(before);
        var outcome = await JobOutcome.ReadAsync(place);
        outcome.LastEntry.ShouldBe(finished.LastEntry);
        JobRules.Check(outcome, finished, when);
        outcome.Effects.ShouldBeUnique();
        outcome.Effects.Count.ShouldBe(ShopJob.Effects);
        outcome.Doubts.Count.ShouldBe(when == "after" ? 1 : 0);
    }

    private static List<string> EffectsOf(ChildProcess owner, JobPlace place) =>
        [.. new Ledger(place.LedgerPath).Read().Where(line => line.Kind == LedgerLineKind.Effect && line.ProcessId == owner.Id).Select(line => line.Step)];
}

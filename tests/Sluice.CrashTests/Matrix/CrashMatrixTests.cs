using Sluice.CrashTests.Children;

namespace Sluice.CrashTests.Matrix;

/// <summary>
/// The job is killed with SIGKILL at every write to the store and at every effect, and at random moments between, and goes on in a new
/// process: it ends as an undisturbed one, every effect is in the ledger once, and nothing is asked twice.
/// </summary>
[Collection(ChildrenCollection.Name)]
public sealed class CrashMatrixTests(PostgresFixture postgres, ITestOutputHelper output) : IDisposable
{
    private const int RandomKills = 12;
    private const int RandomKillsInFull = 100;
    private const int KillsInFull = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Job_KilledAnywhere_OnSqlite_EndsAsUndisturbed() =>
        RunAsync("sqlite", () => JobPlace.InSqlite(_folder.CreateFolder()));

    [Fact]
    public async Task Job_KilledAnywhere_OnPostgres_EndsAsUndisturbed()
    {
        var database = await postgres.CreateDatabaseAsync();
        await RunAsync("postgres", () => JobPlace.InPostgres(database, _folder.CreateFolder()));
    }

    private async Task RunAsync(string store, Func<JobPlace> createPlace)
    {
        var isFull = Environment.GetEnvironmentVariable("SLUICE_FULL") == "1";
        var seed = Environment.TickCount;
        var tally = new MatrixTally(store, seed);
        var matrix = new CrashMatrix(createPlace, tally, seed);
        try
        {
            await matrix.PrepareAsync();
            await matrix.KillEverywhereAsync(isDistinct: !isFull);
            await matrix.KillWhileInDoubtAsync();
            await matrix.KillAtRandomAsync(isFull ? RandomKillsInFull : RandomKills);
            while (isFull && tally.Kills < KillsInFull) await matrix.KillEverywhereAsync(isDistinct: false);
        }
        finally
        {
            Report.Write(output, tally.ToString());
        }

        (tally.Lost, tally.Repeated).ShouldBe((0, 0));
    }
}

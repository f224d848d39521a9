using System.Globalization;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Ledgers;
using Sluice.CrashTests.Matrix;

namespace Sluice.CrashTests.Interleavings;

/// <summary>Three processes on one store start, decide, cancel and resume the same runs in random orders; one of them is killed meanwhile.</summary>
[Collection(ChildrenCollection.Name)]
public sealed class InterleavingTests(PostgresFixture postgres, ITestOutputHelper output) : IDisposable
{
    private const int Clerks = 3;
    private const int Operations = 120;

    private readonly TemporaryFolder _folder = new();

    private static int Rounds => Environment.GetEnvironmentVariable("SLUICE_FULL") == "1" ? 8 : 2;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_HandledByThreeProcessesAtOnce_OnSqlite_KeepTheInvariants()
    {
        for (var round = 0; round < Rounds; round++) await WorkAsync("sqlite", JobPlace.InSqlite(_folder.CreateFolder()), Environment.TickCount);
    }

    [Fact]
    public async Task Runs_HandledByThreeProcessesAtOnce_OnPostgres_KeepTheInvariants()
    {
        var database = await postgres.CreateDatabaseAsync();
        for (var round = 0; round < Rounds; round++) await WorkAsync("postgres", JobPlace.InPostgres(database, _folder.CreateFolder()), Environment.TickCount);
    }

    private async Task WorkAsync(string store, JobPlace place, int seed)
    {
        var random = new Random(seed);
        await StoreAddress.Open(place.Store).DisposeAsync();
        var clerks = Enumerable.Range(0, Clerks).Select(number => ChildProcess.Start(
            ClerkProgram.Verb, place.Store, place.LedgerPath, (seed + number).ToString(CultureInfo.InvariantCulture), $"{Operations}")).ToList();
        try
        {
            for (var operation = random.Next(Operations / 4, Operations / 2); operation > 0; operation--)
                (await clerks[0].ReadLineAsync()).ShouldBe(ClerkProgram.Operation, $"seed {seed}");
            clerks[0].Kill();
            var ends = await Task.WhenAll(clerks.Select(clerk => clerk.ReadToEndAsync()));
            ends.Select(end => end.IsKilled).ShouldBe([true, false, false], $"seed {seed}");
        }
        finally
        {
            foreach (var clerk in clerks) clerk.Dispose();
        }

        var ledger = new Ledger(place.LedgerPath);
        await using var storage = StoreAddress.Open(place.Store);
        await using var runtime = Office.Open(storage, ledger);
        await Closing.FinishAllAsync(runtime, ledger).WaitAsync(ChildProcess.Patience, TestContext.Current.CancellationToken);
        var summary = await OfficeRules.CheckAsync(runtime, ledger, $"seed {seed}");
        Report.Write(output, $"interleavings, {store}: {summary} (seed {seed})");
    }
}

using System.Reflection;
using Sluice.Journal;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Journal;
using Sluice.Sqlite.Schema;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Schema;

/// <summary>Version 2 of the schema: runs know which sample of an eval they are.</summary>
public sealed class EvalSampleMigrationTests : IDisposable
{
    private static readonly EvalSample Sample = new() { EvalRunId = "eval-1", TestCaseId = "case-1", Sample = 1 };

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Migrate_OfAStoreOfVersion1_KeepsItsRunsAsOrdinaryOnesThatGoOn()
    {
        File.WriteAllBytes(_store.Path, []);
        using (var connection = _store.Connect())
        {
            new Migrator([FirstScript()]).Migrate(connection).ShouldBe(new(0, 1));
            connection.Execute("""
                INSERT INTO tenants (id, resource_id) VALUES (1, 'tenant-a');
                INSERT INTO runs (tenant, run_id, thread_id, thread_ordinal, entry_agent, state, started_at, updated_at, last_entry, last_event, owner, token)
                VALUES (1, 'run-1', 'thread-1', 1, 'coordinator', 0, 0, 0, 1, 1, 'owner-1', 1)
                """);
        }

        Should.Throw<SluiceException>(() => _store.Open()).Message.ShouldContain("has schema 1; this build works with 2. Bring it there with SqliteStorage.Migrate.");
        SqliteStorage.Migrate(_store.Path).ShouldBe(new(1, 2));

        await using var storage = _store.Open();
        (await storage.AppendAsync("run-1", 2)).ShouldBeTrue();
        var run = (await storage.Journal.GetRunAsync(Tenant, "run-1", default)).ShouldNotBeNull();
        run.EvalSample.ShouldBeNull();
        (await storage.Journal.ListRunsAsync(Tenant, new() { EvalRunId = "eval-1" }, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_OfRunsThatAreNoSamples_WritesToNoIndexOfSamples()
    {
        await using var storage = _store.Open();
        for (var sequence = 1; sequence <= 3; sequence++) await storage.AppendAsync("run-1", sequence);
        await storage.Journal.AppendAsync(Tenant, Run("run-2", 1) with { EvalSample = Sample }, [Entry("run-2", 1, JournalHash.Origin)], Lease, default);

        using var connection = _store.Connect();
        connection.Number("SELECT count(*) FROM runs INDEXED BY runs_by_eval WHERE eval_run_id IS NOT NULL").ShouldBe(1);
        connection.Number("SELECT count(*) FROM runs INDEXED BY runs_by_test_case WHERE test_case_id IS NOT NULL").ShouldBe(1);
    }

    [Theory]
    [InlineData("eval-1", null, "runs_by_eval")]
    [InlineData(null, "case-1", "runs_by_test_case")]
    [InlineData("eval-1", "case-1", "runs_by_eval")]
    public async Task List_OfSamples_GoesAlongTheirIndexWithoutASort(string? evalRunId, string? testCaseId, string index)
    {
        await _store.Open().DisposeAsync();
        using var connection = _store.Connect();
        using var row = connection.Prepare($"EXPLAIN QUERY PLAN {RunListing.Query(new() { EvalRunId = evalRunId, TestCaseId = testCaseId }).ToSql()}");
        var steps = new List<string>();
        while (row.Step()) steps.Add(row.Text(3));

        steps.ShouldHaveSingleItem().ShouldContain(index);
    }

    private static string FirstScript()
    {
        using var reader = new StreamReader(Assembly.GetAssembly(typeof(Migrator))!.GetManifestResourceStream("001.sql")!);
        return reader.ReadToEnd();
    }
}

using System.Diagnostics;
using Sluice.Data;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.TargetDatabase;
using SQLitePCL;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>The whole corpus with every layer on.</summary>
[Collection(EngineMemoryCollection.Name)]
public sealed class CorpusTests : IDisposable
{
    /// <summary>What one statement may make the process grow by: SQLite's own bound, and what its allocator and the rows take beside it.</summary>
    private const long MostGrowth = 768L * 1024 * 1024;

    private const long MostEngineGrowth = EngineMemory.HardLimitBytes;

    private readonly SampleDatabase _sample = new();

    public static TheoryData<string> Hostile => [.. HostileStatements.All.Select(statement => statement.ToString())];

    public static TheoryData<string> Bounded => [.. BoundedStatements.All.Select(statement => statement.ToString())];

    public static TheoryData<string> Legitimate => [.. LegitimateStatements.All.Select(statement => statement.ToString())];

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Corpus_OfEachVerdict_IsLargeAndHasNoNameTwice()
    {
        HostileStatements.All.Count.ShouldBeGreaterThanOrEqualTo(120);
        BoundedStatements.All.Count.ShouldBeGreaterThanOrEqualTo(20);
        LegitimateStatements.All.Count.ShouldBeGreaterThanOrEqualTo(80);
        foreach (var corpus in new[] { HostileStatements.All, BoundedStatements.All, LegitimateStatements.All })
            corpus.Select(statement => statement.ToString()).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_WithEveryLayer_FailsWithoutAnyEffect(string name)
    {
        var statement = HostileStatements.All.Single(candidate => candidate.ToString() == name);
        await using var database = _sample.Open(SampleDatabase.Narrow);

        var failure = await database.FailAsync(_sample.Fill(statement.Sql));

        failure.Message.ShouldNotContain("alpha@");
        failure.Message.ShouldNotContain("forty-two");
        failure.Rule.ShouldNotBeNullOrWhiteSpace();
        _sample.IsUntouched.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public async Task Bounded_WithEveryLayer_EndsWithinItsLimits(string name)
    {
        var statement = BoundedStatements.All.Single(candidate => candidate.ToString() == name);
        await using var database = _sample.Open();
        var query = new ReadOnlyQuery { Sql = statement.Sql, MaxRows = 50, MaxBytes = 100_000, MaxValueBytes = 1000, Timeout = TimeSpan.FromSeconds(2) };
        var (resident, peak) = ProcessMemory();
        var before = raw.sqlite3_memory_used();
        raw.sqlite3_memory_highwater(1);

        try
        {
            var result = await database.RunAsync(query);
            result.Rows.Count.ShouldBeLessThanOrEqualTo(50);
            result.Rows.SelectMany(row => row).OfType<string>().ShouldAllBe(text => text.Length <= 1000);
        }
        catch (QueryException failure)
        {
            failure.Code.ShouldBeOneOf(ErrorCodes.QueryTimeout, ErrorCodes.QueryFailed, ErrorCodes.QueryRefused);
        }

        (raw.sqlite3_memory_highwater(0) - before).ShouldBeLessThanOrEqualTo(MostEngineGrowth);
        if (ProcessMemory().Peak > peak) (ProcessMemory().Peak - resident).ShouldBeLessThan(MostGrowth);
        raw.sqlite3_hard_heap_limit64(-1).ShouldBe(0);
        _sample.IsUntouched.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Legitimate))]
    public async Task Legitimate_WithEveryLayer_GivesRows(string name)
    {
        var statement = LegitimateStatements.All.Single(candidate => candidate.ToString() == name);
        await using var database = _sample.Open();

        (await database.RunAsync(statement.Sql)).Rows.ShouldNotBeEmpty();
        _sample.IsUntouched.ShouldBeTrue();
    }

    /// <summary>Where something is denied, joins have to name their columns, and the catalog is closed.</summary>
    [Fact]
    public async Task Legitimate_UnderANarrowGuard_GivesRowsWithoutNamedJoinsAndCatalog()
    {
        await using var database = _sample.Open(SampleDatabase.Narrow);
        foreach (var statement in LegitimateStatements.All.Where(statement => statement.Family is not ("named_join" or "catalog")))
            (await database.RunAsync(statement.Sql)).Rows.ShouldNotBeEmpty(statement.ToString());
    }

    [Fact]
    public async Task Legitimate_OverChinook_GivesRows()
    {
        var data = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA");
        if (string.IsNullOrEmpty(data)) Assert.Skip("The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        await using var database = new SqliteTargetDatabase(Path.Combine(data, "chinook", "Chinook_Sqlite.sqlite"), new(), TimeProvider.System);
        foreach (var statement in LegitimateStatements.Chinook) (await database.RunAsync(statement.Sql)).Rows.ShouldNotBeEmpty(statement.ToString());
    }

    /// <summary>A peak that stayed the same says that the statement grew by less than an earlier one.</summary>
    private static (long Resident, long Peak) ProcessMemory()
    {
        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64, process.PeakWorkingSet64);
    }
}

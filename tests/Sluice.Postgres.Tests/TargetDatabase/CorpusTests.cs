using Npgsql;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>The corpus on a real server: what must fail fails and changes nothing, what must end ends, what is right runs.</summary>
[Collection(HostileStatementCollection.Name)]
public sealed class CorpusTests(TargetServer server, ITestOutputHelper output) : IClassFixture<TargetServer>
{
    [Fact]
    public void Corpus_OfEachKind_IsLargeEnough()
    {
        Statements.Hostile.Count.ShouldBeGreaterThanOrEqualTo(120);
        Statements.Bounded.Count.ShouldBeGreaterThanOrEqualTo(20);
        Statements.Legitimate.Count.ShouldBeGreaterThanOrEqualTo(80);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HostileStatement_OfTheCorpus_FailsAndChangesNothing(bool isSuperuser)
    {
        var (database, pool) = server.Open(GuardLayers.All, isSuperuser);
        await using var target = database;
        await using var superuser = new NpgsqlConnection(server.SuperuserConnection);
        await superuser.OpenAsync();
        await database.ReadAsync("select 1");
        var (state, session) = (await ServerState.OfServerAsync(superuser), await ServerState.OfSessionAsync(pool));
        var wrong = new List<string>();

        foreach (var (family, sql) in Statements.Hostile)
        {
            var failure = await database.FailureAsync(TargetQueries.Query(sql));
            if (failure is null) wrong.Add($"ran: {family}: {sql}");
            if (failure is not null and not QueryException) wrong.Add($"{failure.Code}: {family}: {sql}: {failure.Message}");
            if (failure?.ToString().Contains("planted", StringComparison.Ordinal) == true) wrong.Add($"told a value: {family}: {sql}");
            if (await ServerState.OfServerAsync(superuser) is var now && now != state) wrong.Add($"changed the server: {family}: {sql}: {ServerState.Difference(state, now)}");
            if (await ServerState.OfSessionAsync(pool) != session) wrong.Add($"changed the session: {family}: {sql}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BoundedStatement_OfTheCorpus_EndsWithinItsLimits(bool isSuperuser)
    {
        var (database, pool) = server.Open(GuardLayers.All, isSuperuser);
        await using var target = database;
        var session = await ServerState.OfSessionAsync(pool);
        var wrong = new List<string>();

        foreach (var (family, sql) in Statements.Bounded)
        {
            if (await BeyondLimitsAsync(database, sql) is { } problem) wrong.Add($"{problem}: {family}: {sql}");
            if (await ServerState.OfSessionAsync(pool) != session) wrong.Add($"changed the session: {family}: {sql}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LegitimateStatement_OfTheCorpus_GivesRows(bool isSuperuser)
    {
        await using var database = await server.OpenAsync(isSuperuser: isSuperuser);
        var wrong = new List<string>();

        foreach (var (family, sql) in Statements.Legitimate)
        {
            try
            {
                if ((await database.ReadAsync(sql)).Rows.Count == 0) wrong.Add($"no rows: {family}: {sql}");
            }
            catch (SluiceException e)
            {
                wrong.Add($"{e.Message}: {family}: {sql}");
            }
        }

        Report.Write(output, $"PostgreSQL reads as {(isSuperuser ? "superuser" : "SELECT-only role")}: {wrong.Count} of {Statements.Legitimate.Count} legitimate statements refused");
        wrong.ShouldBeEmpty();
    }

    /// <summary>What is over the limits; null when all is well.</summary>
    private static async Task<string?> BeyondLimitsAsync(ITargetDatabase database, string sql)
    {
        var query = new ReadOnlyQuery { Sql = sql, MaxRows = 100, MaxBytes = 256 * 1024, MaxValueBytes = 64 * 1024, Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            var result = await database.ReadAsync(query);
            var bytes = result.Rows.Sum(row => row.Sum(value => value is string text ? text.Length : value is byte[] data ? data.Length : 8));
            return result.Rows.Count <= 100 && bytes <= 300 * 1024 ? null : $"{result.Rows.Count} rows, {bytes} bytes";
        }
        catch (QueryException)
        {
            return null;
        }
        catch (Exception e) when (e is OperationCanceledException or SluiceException)
        {
            return e.Message;
        }
    }
}

using Npgsql;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>What each layer buys: the hostile statements with one layer left out. On a server of its own, which may suffer.</summary>
[Collection(HostileStatementCollection.Name)]
public sealed class LayerTests(TargetServer server, ITestOutputHelper output) : IClassFixture<TargetServer>
{
    private static readonly GuardLayers[] Layers =
    [
        GuardLayers.None, GuardLayers.Characters, GuardLayers.StatementKind, GuardLayers.ReadOnly, GuardLayers.FirstQuery, GuardLayers.Limits,
        GuardLayers.Functions, GuardLayers.Plan, GuardLayers.Caps, GuardLayers.Reset,
    ];

    /// <summary>The weak role stops much by itself, so only the layers before the engine are looked at there.</summary>
    private static readonly GuardLayers[] LayersOfWeakRole = [GuardLayers.None, GuardLayers.StatementKind, GuardLayers.Functions, GuardLayers.Plan];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Layers_OneLeftOut_LetHostileStatementsRun(bool isSuperuser)
    {
        var ran = new Dictionary<GuardLayers, int>();
        foreach (var layer in isSuperuser ? Layers : LayersOfWeakRole)
        {
            var (count, changed) = await RunAsync(GuardLayers.All & ~layer, isSuperuser);
            ran[layer] = count;
            Report.Write(
                output,
                $"PostgreSQL reads as {(isSuperuser ? "superuser" : "SELECT-only role")}, {(layer == GuardLayers.None ? "all layers" : $"without {layer}")}: "
                + $"{count} of {Statements.Hostile.Count} hostile statements ran, {changed} changed the server");
        }

        var (bare, damage) = await RunAsync(GuardLayers.All & ~(GuardLayers.StatementKind | GuardLayers.Functions | GuardLayers.Plan), isSuperuser);
        Report.Write(
            output,
            $"PostgreSQL reads as {(isSuperuser ? "superuser" : "SELECT-only role")}, without StatementKind, Functions and Plan together: "
            + $"{bare} of {Statements.Hostile.Count} hostile statements ran, {damage} changed the server");

        bare.ShouldBeGreaterThan(ran.Values.Max());
        ran[GuardLayers.None].ShouldBe(0);
        ran[GuardLayers.Functions].ShouldBeGreaterThan(0);
        ran[GuardLayers.StatementKind].ShouldBeGreaterThan(0);
    }

    private async Task<(int Ran, int Changed)> RunAsync(GuardLayers layers, bool isSuperuser)
    {
        var (database, _) = server.Open(layers, isSuperuser);
        await using var target = database;
        await using var superuser = new NpgsqlConnection(server.SuperuserConnection);
        await superuser.OpenAsync();
        var (ran, changed, before) = (0, 0, await ServerState.OfServerAsync(superuser));
        foreach (var (_, sql) in Statements.Hostile)
        {
            if (await RunsAsync(database, sql)) ran++;
            var after = await ServerState.OfServerAsync(superuser);
            if (after != before) changed++;
            before = after;
        }

        File.Delete(ServerState.EvilFile);
        await ServerFixture.ExecuteAsync(server.SuperuserConnection, "select count(pg_drop_replication_slot(slot_name)) from pg_replication_slots");
        return (ran, changed);
    }

    /// <summary>Without its layers the driver may fail in ways that are no refusal; they count as failures all the same.</summary>
    private static async Task<bool> RunsAsync(ITargetDatabase database, string sql)
    {
        try
        {
            await database.ReadAsync(TargetQueries.Query(sql));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false;
        }
    }
}

using Sluice.Data;
using Sluice.Sqlite.TargetDatabase;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>What each layer is worth: the hostile statements that run without it, and with it alone.</summary>
public sealed class LayerTests(ITestOutputHelper output)
{
    private const string SingleCall = "single_call";

    private static readonly GuardLayers[] Single =
    [
        GuardLayers.ReadOnlyHandle, GuardLayers.Configuration, GuardLayers.Limits, GuardLayers.Authorizer, GuardLayers.OneStatement,
        GuardLayers.ReadOnlyStatement, GuardLayers.Program, GuardLayers.BoundedFunctions, GuardLayers.Time, GuardLayers.Memory, GuardLayers.Caps, GuardLayers.Transaction,
    ];

    [Fact]
    public async Task Hostile_WithALayerLeftOut_IsReported()
    {
        var total = HostileStatements.All.Count;
        var all = await RunAsync(GuardLayers.All);
        foreach (var layer in Single)
        {
            var without = await RunAsync(GuardLayers.All & ~layer);
            var alone = await RunAsync(layer | GuardLayers.Limits | GuardLayers.Time | GuardLayers.Memory);
            Report($"read-only SQL, SQLite: without {layer}: {without.Ran} of {total} hostile statements ran, {without.Changed} changed a file; with it and the limits only: {alone.Ran} ran, {alone.Changed} changed");
        }
        var none = await RunAsync(GuardLayers.Limits | GuardLayers.Time | GuardLayers.Memory);
        Report($"read-only SQL, SQLite: with the limits only: {none.Ran} of {total} ran, {none.Changed} changed a file; with every layer: {all.Ran} ran, {all.Changed} changed");

        all.ShouldBe((0, 0));
        none.Changed.ShouldBeGreaterThan(0, "Without the layers the corpus has to do harm, or it shows nothing.");
        none.Ran.ShouldBeGreaterThan(total / 2);
    }

    [Fact]
    public async Task Legitimate_WithEveryLayer_HasNoFalseRefusal()
    {
        using var sample = new SampleDatabase();
        await using var database = sample.Open();
        var refused = new List<string>();
        foreach (var statement in LegitimateStatements.All)
        {
            try
            {
                await database.RunAsync(statement.Sql);
            }
            catch (QueryException failure)
            {
                refused.Add($"{statement}: {failure.Message}");
            }
        }
        Report($"read-only SQL, SQLite: {refused.Count} of {LegitimateStatements.All.Count} legitimate statements refused");
        refused.ShouldBeEmpty();
    }

    private static async Task<(int Ran, int Changed)> RunAsync(GuardLayers layers)
    {
        var (ran, changed) = (0, 0);
        var sample = new SampleDatabase();
        foreach (var statement in HostileStatements.All.Where(statement => statement.Family != SingleCall || MayTakeSeconds(layers)))
        {
            await using (var database = sample.Open(SampleDatabase.Narrow, layers))
            {
                try
                {
                    await database.RunAsync(new ReadOnlyQuery { Sql = sample.Fill(statement.Sql), Timeout = TimeSpan.FromSeconds(10) });
                    ran++;
                }
                catch (SluiceException)
                {
                    // Refused, which is what is counted by its absence.
                }
            }
            if (sample.IsUntouched) continue;
            changed++;
            sample.Dispose();
            sample = new();
        }
        sample.Dispose();
        return (ran, changed);
    }

    /// <summary>Nothing ends such a call without its layer: once is enough to see it.</summary>
    private static bool MayTakeSeconds(GuardLayers layers) => layers.HasFlag(GuardLayers.BoundedFunctions) || layers == (GuardLayers.All & ~GuardLayers.BoundedFunctions);

    private void Report(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } path) File.AppendAllText(path, line + "\n");
    }
}

using System.Text.Json;
using SQLitePCL;

namespace Sluice.Cli.Tests.Run;

public sealed class AuditTests : IDisposable
{
    private readonly RunDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Verify_AfterAByteWasChanged_NamesTheRunAndTheEntry()
    {
        (await _desk.RunScriptAsync("--approve", "always")).ExitCode.ShouldBe(0);
        (await _desk.RunScriptAsync("--approve", "always")).ExitCode.ShouldBe(0);
        var intact = await _desk.RunAsync("audit", "verify", "--tenant-id", "acme");
        intact.ExitCode.ShouldBe(0, intact.Error);
        intact.Out.ShouldEndWith("all as they were written.\n");
        var runId = JsonElement.Parse((await _desk.RunAsync("runs", "list", "--tenant-id", "acme", "-o", "json")).Out)[0].GetProperty("runId").GetString()!;

        ChangeByte(runId, sequence: 3);
        var changed = await _desk.RunAsync("audit", "verify", "--tenant-id", "acme");

        changed.ExitCode.ShouldBe(3);
        changed.Out.ShouldContain($"{runId}, entry 3: ");
        changed.Out.ShouldContain("(chain_broken)");
        changed.Out.ShouldEndWith("1 of 2 runs is not as it was written.\n");
    }

    [Fact]
    public async Task Records_WithoutAStore_AreNotMade()
    {
        var result = await _desk.RunAsync("runs", "list");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe("sluice: There is no store '.sluice/runs.db'.\nhint: 'sluice run' makes one; --store or --store-env names another\n");
        Directory.Exists(_desk.PathOf(".sluice")).ShouldBeFalse();
    }

    /// <summary>Writes another last byte.</summary>
    private void ChangeByte(string runId, long sequence)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(_desk.PathOf(".sluice/runs.db"), out var database).ShouldBe(raw.SQLITE_OK);
        using (database)
        {
            raw.sqlite3_exec(
                database,
                $"UPDATE entries SET data = unhex(substr(hex(data), 1, 2 * length(data) - 2) || 'AA') WHERE sequence = {sequence} AND run = (SELECT key FROM runs WHERE run_id = '{runId}')")
                .ShouldBe(raw.SQLITE_OK);
            raw.sqlite3_changes(database).ShouldBe(1);
        }
    }
}

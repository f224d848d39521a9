using System.Globalization;
using Sluice.Journal;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Processes;

public sealed class KillTests : IDisposable
{
    private const int Kills = 8;

    private readonly TemporaryStore _store = new();
    private readonly Dictionary<string, long> _acknowledged = [];

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Process_KilledWhileItAppends_LosesNothingThatWasAcknowledged()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await AppendAndKillAsync(random.Next(1, 1500));

            _store.ShouldBeWhole();
            await using var storage = _store.Open();
            foreach (var (runId, sequence) in _acknowledged)
            {
                var entries = await storage.ReadAsync(runId);
                entries.Count.ShouldBeGreaterThanOrEqualTo((int)sequence, $"{runId}, kill {kill}, seed {seed}");
                JournalHash.FindBreak(entries, (await storage.Journal.GetRunAsync(Tenant, runId, default))!.LastEntry).ShouldBeNull();
            }
        }

        _acknowledged.Count.ShouldBe(ChildWork.Runs);
    }

    private async Task AppendAndKillAsync(int lines)
    {
        using var child = ChildProcess.Start(ChildWork.Append, _store.Path);
        for (var line = 0; line < lines; line++) Note(await child.ReadLineAsync() ?? throw new InvalidOperationException("The child ended by itself."));
        await child.KillAsync();
        // What it said before it died counts too. The last line may be cut off: it then names an earlier entry, or none.
        while (await child.ReadLineAsync() is { } rest) Note(rest);
    }

    private void Note(string line)
    {
        if (line.Split(' ') is [var runId, var sequence] && long.TryParse(sequence, CultureInfo.InvariantCulture, out var number))
            _acknowledged[runId] = Math.Max(_acknowledged.GetValueOrDefault(runId), number);
    }
}

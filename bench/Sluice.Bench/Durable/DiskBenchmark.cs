using Microsoft.Extensions.AI;
using Sluice.Bench.Loop;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Storage;

namespace Sluice.Bench.Durable;

/// <summary>What a long run takes on disk beside what was said in it, and whether its turns cost the same at its end.</summary>
internal static class DiskBenchmark
{
    private const int Runs = 20;

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        Table.Title($"Disk: bytes of a run in a SQLite store, over {Runs} runs", "what was said: the model's text and arguments, the results, as UTF-8 JSON");
        foreach (var turns in (int[])[10, 50, 200, 800]) await MeasureDiskAsync(folder, turns);

        Table.Title("Disk: one durable turn in a run of 200 turns, SQLite, 8 runs at a time", "the same in a run of 10 turns");
        await using var storage = folder.Open("turns");
        var costs = await Comparison.RunAsync(() => RunAsync(storage, 10, runs: 60), () => RunAsync(storage, 200, runs: 3), 8 * 600, rounds: 7);
        Table.Costs("durable", costs);
        // A loop by hand tells how much of that is the model being given ever more messages.
        var bare = await Comparison.RunAsync(() => RunAsync(null, 10, runs: 60), () => RunAsync(null, 200, runs: 3), 8 * 600, rounds: 7);
        Table.Costs("in memory", bare);
    }

    private static async Task MeasureDiskAsync(StoreFolder folder, int turns)
    {
        var (empty, used) = ($"empty-{turns}", $"used-{turns}");
        await folder.Open(empty).DisposeAsync();
        var said = new SaidMeter(new ScriptedModel(turns, thought: Job.Long.Thought));
        await using (var storage = folder.Open(used))
        await using (var runtime = StockAgent.Create(said, Job.Long.Tool, options => options.Storage = storage, Job.Long.SystemPrompt))
            await JobRuns.RunAsync(runtime, 1, Runs);
        Table.Row($"{turns} turns, bytes of a run", said.Bytes, (double)(folder.BytesOf(used) - folder.BytesOf(empty)) / Runs);
    }

    private static async Task RunAsync(IRuntimeStorage? storage, int turns, int runs)
    {
        await using var runtime = Job.Long.CreateRuntime(turns, options => options.Storage = storage);
        await JobRuns.RunAsync(runtime, 8, runs);
    }

    /// <summary>Adds up what the model was told in the longest conversation, the system prompt left out.</summary>
    private sealed class SaidMeter(IChatClient inner) : DelegatingChatClient(inner)
    {
        public double Bytes { get; private set; }

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var all = (IReadOnlyList<ChatMessage>)messages;
            if (all.Count > _longest)
            {
                foreach (var message in all.Skip(Math.Max(_longest, 1))) Bytes += Said.BytesOf(message);
                _longest = all.Count;
            }

            return base.GetStreamingResponseAsync(all, options, cancellationToken);
        }

        private int _longest;
    }
}

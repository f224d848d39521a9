using System.Collections.Concurrent;
using System.Net.NetworkInformation;
using System.Text;
using Sluice.ModelServer;

namespace Sluice.Anthropic.Tests.Soak;

/// <summary>Whole runs against a server that fails: all end, nothing is said or done twice, and nothing is left behind.</summary>
/// <remarks>Runs alone: what it counts is the memory of the whole process.</remarks>
[Collection(nameof(LiveSoakTests))]
[CollectionDefinition(nameof(LiveSoakTests), DisableParallelization = true)]
public sealed class LiveSoakTests : IDisposable
{
    private const int Runs = 2_000;
    private const int WarmUp = 400;
    private const int Concurrency = 64;
    private const int Seed = 20261127;

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-soak-").FullName;
    private readonly ConcurrentDictionary<(string RunId, int Step), int> _effects = new();
    private readonly ConcurrentDictionary<string, int> _ends = new();
    private int _retries;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_AgainstAServerThatFailsATenthOfTheCalls_EndOnceAndLeaveNothingBehind()
    {
        var model = new FaultyModel(Seed);
        await using var server = await LocalModelServer.StartAsync(model.Respond, remembers: false);
        long before, after;
        await using (var storage = SqliteStorage.Open(Path.Combine(_folder, "runs.db")))
        await using (var runtime = Create(server, storage))
        {
            await RunAsync(runtime, WarmUp);
            before = LiveBytes();
            await RunAsync(runtime, Runs - WarmUp);
            after = LiveBytes();
            (await runtime.ListRunsAsync(new() { State = RunState.Running }, Token)).ShouldBeEmpty();
        }

        await server.IdleAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        _ends.Values.Sum().ShouldBe(Runs);
        _ends.GetValueOrDefault("finish:Stop").ShouldBeGreaterThanOrEqualTo(Runs - model.Hopeless - (Runs / 100), string.Join(", ", _ends));
        _ends.Keys.ShouldAllBe(end => end == "finish:Stop" || end.StartsWith("provider_", StringComparison.Ordinal));
        _effects.Values.ShouldAllBe(count => count == 1);
        _effects.Count.ShouldBeGreaterThan(FaultyModel.Calls * (Runs - model.Hopeless - (Runs / 100)));
        model.Faults.ShouldBeInRange(server.Count / 20, server.Count / 5);
        // What a run leaves in memory when it has ended would come to more than this: its messages alone are some 10 KB.
        (after - before).ShouldBeLessThan((Runs - WarmUp) * 4_096L);
        await NoSocketsAsync(server.Address.Port);
        Report($"live soak: {Runs:N0} runs at {Concurrency}, {server.Count:N0} calls, {model.Faults:N0} failed ({model.Hopeless} for good), {_retries:N0} made again; "
            + $"{string.Join(", ", _ends.OrderBy(end => end.Key).Select(end => $"{end.Value:N0} {end.Key}"))}; {_effects.Count:N0} effects once; "
            + $"{(after - before) / 1024.0 / (Runs - WarmUp):0.00} KB kept per run");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SluiceRuntime Create(LocalModelServer server, SqliteStorage storage)
    {
        var note = Define.Tool<Note>("note", "Notes a step.", (args, context) =>
        {
            _effects.AddOrUpdate((context.RunId, args.Step), 1, (_, count) => count + 1);
            return Task.FromResult<object?>("noted");
        });
        var spec = Define.Runtime(
            Define.Tenant("soak", "v1"), [Define.Specialist("worker", "claude-sonnet-4-6", "You note every step.", tools: [note])],
            providers: new Dictionary<string, ProviderSpec>
            {
                ["anthropic"] = new() { Kind = "anthropic", ApiKey = "sk-soak-0123456789", BaseUrl = server.Address.ToString() },
            });
        return SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Live,
            Storage = storage,
            ModelCalls = new()
            {
                MaxAttempts = 8,
                BaseDelay = TimeSpan.FromMilliseconds(5),
                MaxDelay = TimeSpan.FromMilliseconds(100),
                IdleTimeout = TimeSpan.FromSeconds(2),
            },
        });
    }

    private Task RunAsync(SluiceRuntime runtime, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = Token }, async (_, token) =>
        {
            var text = new StringBuilder();
            var turn = new StringBuilder();
            RuntimeEvent? last = null;
            await foreach (var e in runtime.QueryAsync("Note three steps.", cancellationToken: token))
            {
                last = e;
                if (e is StepStartEvent) Take(text, turn);
                else if (e is TextEvent said) turn.Append(said.Text);
                else if (e is RetryEvent) turn.Clear();
                if (e is RetryEvent) Interlocked.Increment(ref _retries);
            }

            Take(text, turn);
            if (last is FinishEvent) text.ToString().ShouldBe(FaultyModel.Text);
            var end = last is FinishEvent finish ? $"finish:{finish.FinishReason}" : ((ErrorEvent)last!).Error.Code;
            _ends.AddOrUpdate(end, 1, (_, ends) => ends + 1);
        });

    private static void Take(StringBuilder text, StringBuilder turn)
    {
        text.Append(turn);
        turn.Clear();
    }

    private static long LiveBytes()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>The client's connections are closed with the runtime; the operating system may take a moment to say so.</summary>
    private static async Task NoSocketsAsync(int port)
    {
        for (var look = 0; look < 100; look++)
        {
            if (!IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
                .Any(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token);
        }

        throw new InvalidOperationException("Connections to the server are still open after the runtime was disposed.");
    }

    private static void Report(string line)
    {
        TestContext.Current.SendDiagnosticMessage(line);
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } report) File.AppendAllLines(report, [line]);
    }

    private sealed record Note(int Step);
}

using System.Diagnostics;
using Sluice.Bench.Loop;

namespace Sluice.Bench.Live;

/// <summary>The whole runtime: routing, loop, schema check, events, journal in memory.</summary>
internal sealed class SluiceLoop : ILiveLoop
{
    private readonly HttpClient _http;
    private readonly SluiceRuntime _runtime;

    public SluiceLoop(Uri server, int turns, bool isSlow = false)
    {
        _http = LiveConnection.Create(turns, isSlow);
        var agent = Define.Specialist(
            "stock", "claude-sonnet-4-6", "You answer questions about stock.", tools: [StockTool.Spec(ToolEffect.ReadOnly)], maxTurns: 1_000_000);
        var spec = Define.Runtime(Define.Tenant("bench", "v1"), [agent], providers: new Dictionary<string, ProviderSpec>
        {
            ["anthropic"] = new() { Kind = "anthropic", ApiKey = "sk-bench", BaseUrl = server.ToString() },
        });
        _runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Live, ModelProviders = [new AnthropicModelProvider(_http)] });
    }

    public string Name => "Sluice";

    public async Task<TimeSpan> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        await foreach (var runtimeEvent in _runtime.QueryAsync("How many boots are there?"))
        {
            if (runtimeEvent is TextEvent) first ??= Stopwatch.GetElapsedTime(started);
            if (runtimeEvent is ErrorEvent failed) throw new InvalidOperationException(failed.Error.Message);
        }

        return first ?? throw new InvalidOperationException("The run gave no text.");
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        _http.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Sluice.Bench.Loop;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Bench.Live;

/// <summary>
/// The model of the live benchmark, in a process of its own so that its CPU is not counted: a local server that speaks the Messages API. It
/// calls the stock tool for as many turns as a header says, then answers.
/// </summary>
internal static class LiveServer
{
    public const string Command = "live-server";
    public const string TurnsHeader = "x-bench-turns";
    public const string SlowHeader = "x-bench-slow";

    private static readonly JsonElement Arguments =
        JsonElement.Parse("""{"sku":"boot-4711","warehouse":"north","limit":25,"includeReserved":true}""");

    private static readonly ServedPace Slow = new() { PieceBytes = 1024, Delay = TimeSpan.FromMilliseconds(5) };

    private static readonly ConcurrentDictionary<int, ServedResponse> Calls = new();

    private static readonly ServedResponse Last = Say(ServedTurn.OfText("There are 95 boots in the north."));

    /// <summary>Serves until the standard input ends, which it does with the process that started this one.</summary>
    public static async Task RunAsync()
    {
        await using var server = await LocalModelServer.StartAsync(Answer, remembers: false);
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    private static ServedResponse Answer(ModelRequest request)
    {
        var turns = int.Parse(request.Headers[TurnsHeader], CultureInfo.InvariantCulture);
        // The body is not parsed: the machine's cores are shared with the client that is measured.
        var turn = request.Utf8Body.Span.Count("\"role\":\"assistant\""u8);
        var answer = turn < turns ? Calls.GetOrAdd(turn, Call) : Last;
        return request.Headers.ContainsKey(SlowHeader) ? answer with { Pace = Slow } : answer;
    }

    private static ServedResponse Call(int turn) => Say(new()
    {
        Parts = [new ServedText("I look at how many of them the northern warehouse holds."), new ServedCall($"toolu_{turn:D20}", StockTool.Name, Arguments)],
        InputTokens = 100,
        OutputTokens = 20,
    });

    private static ServedResponse Say(ServedTurn turn) => AnthropicResponses.Stream(AnthropicEvents.Of(turn, "claude-sonnet-4-6"));
}

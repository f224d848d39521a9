using System.Text;
using System.Text.Json;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Soak;

/// <summary>A model that calls a tool three times and then ends, behind a server that fails a tenth of the calls in every way it can.</summary>
internal sealed class FaultyModel(int seed)
{
    public const int Calls = 3;

    private int _faults;
    private int _hopeless;

    /// <summary>How many calls failed, in whichever way.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>How many of them cannot succeed when they are made again.</summary>
    public int Hopeless => Volatile.Read(ref _hopeless);

    public ServedResponse Respond(ModelRequest request)
    {
        var read = new AnthropicRequest(request);
        var answer = AnthropicResponses.To(read, Say(read.AssistantTurns));
        // By the request's number, so that the faults are the same in every run of the test, whatever the order.
        var dice = new Random(HashCode.Combine(seed, request.Number));
        return dice.Next(10) == 0 ? Break(answer, dice) : answer;
    }

    /// <summary>What a whole run says.</summary>
    public static string Text => string.Concat(Enumerable.Range(0, Calls).Select(turn => $"step {turn} ")) + "done";

    private static ServedTurn Say(int turn) => turn < Calls
        ? new() { Parts = [new ServedText($"step {turn} "), new ServedCall($"call-{turn}", "note", JsonSerializer.SerializeToElement(new { step = turn }))] }
        : ServedTurn.OfText("done");

    private ServedResponse Break(ServedResponse answer, Random dice)
    {
        Interlocked.Increment(ref _faults);
        switch (dice.Next(12))
        {
            case 0: return AnthropicResponses.Error(429, "rate_limit_error", "Slow down.", ("retry-after", "0"));
            case 1: return AnthropicResponses.Error(529, "overloaded_error", "Overloaded.");
            case 2: return AnthropicResponses.Error(500, "api_error", "Internal error.");
            case 3: return answer with { ContentType = "text/html", Body = "<html>bad gateway</html>"u8.ToArray(), Status = 502 };
            case 4: return answer with { Pace = new() { CutAfter = 0 } };
            case 5: return answer with { Pace = new() { CutAfter = dice.Next(1, answer.Body.Length) } };
            case 6: return answer with { Pace = new() { CutAfter = AfterTheCall(answer) } };
            case 7: return answer with { Pace = new() { StallAfter = dice.Next(1, answer.Body.Length) } };
            case 8: return answer with { Pace = new() { PieceBytes = 50, Delay = TimeSpan.FromMilliseconds(1) } };
            case 9: return answer with { Body = Broken(answer, dice) };
            case 10: return answer with { Body = answer.Body[..(answer.Body.Length - dice.Next(1, answer.Body.Length / 2))] };
            default:
                if (dice.Next(4) > 0) return AnthropicResponses.Error(503, "api_error", "Unavailable.");
                Interlocked.Increment(ref _hopeless);
                return AnthropicResponses.Error(400, "invalid_request_error", "No.");
        }
    }

    private static int AfterTheCall(ServedResponse answer)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        var end = text.IndexOf("event: message_delta", StringComparison.Ordinal);
        return Encoding.UTF8.GetByteCount(text.AsSpan(0, end));
    }

    /// <summary>An error in the middle of the stream.</summary>
    private static byte[] Broken(ServedResponse answer, Random dice)
    {
        var events = Encoding.UTF8.GetString(answer.Body.Span).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var kept = events.Take(dice.Next(1, events.Length - 1)).Append("""
            event: error
            data: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded."}}
            """);
        return Encoding.UTF8.GetBytes(string.Join("\n\n", kept) + "\n\n");
    }
}

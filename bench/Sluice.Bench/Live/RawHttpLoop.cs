using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;

namespace Sluice.Bench.Live;

/// <summary>The floor: HTTP alone. The body grows by pieces that are made beforehand, and of the answer only the events are told apart.</summary>
internal sealed class RawHttpLoop(Uri server, int turns, bool isSlow = false) : ILiveLoop
{
    private static readonly byte[] Start =
        """{"model":"claude-sonnet-4-6","max_tokens":8192,"stream":true,"tools":[{"name":"stock_level","description":"Reads how much of a product a warehouse holds.","input_schema":{"type":"object","properties":{"sku":{"type":"string"},"warehouse":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":1000,"default":10},"includeReserved":{"type":"boolean","default":false}},"required":["sku","warehouse"],"additionalProperties":false}}],"system":[{"type":"text","text":"You answer questions about stock."}],"messages":[{"role":"user","content":[{"type":"text","text":"How many boots are there?"}]}"""u8.ToArray();

    private static readonly byte[] Turn =
        """,{"role":"assistant","content":[{"type":"text","text":"I look at how many of them the northern warehouse holds."},{"type":"tool_use","id":"toolu_00000000000000000000","name":"stock_level","input":{"sku":"boot-4711","warehouse":"north","limit":25,"includeReserved":true}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_00000000000000000000","content":"{\"sku\":\"boot-4711\",\"warehouse\":\"north\",\"onHand\":95,\"reserved\":7,\"unitPrice\":19.95}"}]}"""u8.ToArray();

    private readonly HttpClient _http = LiveConnection.Create(turns, isSlow);
    private readonly Uri _url = new(server, "/v1/messages");

    public string Name => "raw HTTP";

    public async Task<TimeSpan> RunAsync()
    {
        var body = new ArrayBufferWriter<byte>(Start.Length + (turns * Turn.Length) + 2);
        body.Write(Start);
        var first = TimeSpan.Zero;
        for (var turn = 0; turn <= turns; turn++)
        {
            if (turn > 0) body.Write(Turn);
            var started = Stopwatch.GetTimestamp();
            var arrived = await SendAsync([.. body.WrittenSpan, .. "]}"u8], started);
            if (turn == 0) first = arrived;
        }

        return first;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<TimeSpan> SendAsync(byte[] body, long started)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("x-api-key", "sk-bench");
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        TimeSpan? first = null;
        await foreach (var item in SseParser.Create(stream, static (_, data) => data.Length).EnumerateAsync())
        {
            // What the others call their first event is the first text, which is not the first that the server sends.
            if (item.EventType == "content_block_delta") first ??= Stopwatch.GetElapsedTime(started);
        }

        return first ?? throw new InvalidOperationException("The server sent no event.");
    }
}

using System.Text.Json.Nodes;

namespace Sluice.Studio.Tests;

/// <summary>A frame of an event stream.</summary>
/// <param name="Id">Its id; null: it has none.</param>
/// <param name="Name">Its name; null: a message.</param>
/// <param name="Data">What it carries; null: it is a comment or only sets the pause.</param>
internal sealed record Frame(long? Id, string? Name, string? Data)
{
    public JsonNode? Json => Data is null ? null : JsonNode.Parse(Data);

    public string? Type => Name is null ? Json?["type"]?.GetValue<string>() : null;
}

/// <summary>Reads an event stream as a browser does. Every wait ends after a minute.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;
    private readonly CancellationTokenSource _patience = new(StudioHost.Patience);

    private EventReader(HttpClient client, HttpResponseMessage response, Stream body) =>
        (_client, _response, _lines) = (client, response, new StreamReader(body));

    public List<Frame> Frames { get; } = [];

    public static async Task<EventReader> OpenAsync(StudioHost studio, string path, long? lastEventId = null)
    {
        var client = studio.Client();
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", $"{lastEventId}");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, StudioHost.Token);
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.StatusCode}");
        return new(client, response, await response.Content.ReadAsStreamAsync(StudioHost.Token));
    }

    /// <summary>The next frame, comments included; null: the stream has ended.</summary>
    public async Task<Frame?> ReadAsync()
    {
        var (id, name, data, isAny) = ((long?)null, (string?)null, (string?)null, false);
        while (await _lines.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.Length == 0 && isAny)
            {
                Frames.Add(new(id, name, data));
                return Frames[^1];
            }

            isAny = true;
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
        }

        return null;
    }

    public async Task<Frame> UntilAsync(Func<Frame, bool> holds)
    {
        while (await ReadAsync() is { } frame)
            if (holds(frame)) return frame;
        throw new InvalidOperationException($"The stream ended before that: {string.Join('\n', Frames)}");
    }

    /// <summary>The events, once the server says that there are no more.</summary>
    public async Task<IReadOnlyList<Frame>> ReadToEndAsync()
    {
        await UntilAsync(frame => frame.Name == "end");
        return [.. Frames.Where(frame => frame.Id is not null)];
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        _client.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }
}

using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Json;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Hosting;

/// <summary>An answer of server-sent events. What was written is sent on whenever there is nothing more yet, and in portions while there is.</summary>
/// <remarks>A reader that is slow is waited for: nothing is held for it here, and whatever it watches goes on.</remarks>
internal sealed class EventStream : IDisposable
{
    private const int Portion = 16 * 1024;

    /// <summary>How often something is sent while nothing happens, so that both sides find out when the connection is gone.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    private readonly HttpContext _http;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending;

    private EventStream(HttpContext http, TimeProvider time)
    {
        (_http, _time) = (http, time);
        // Whoever stops the server must not wait for readers to leave.
        var stopping = http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
    }

    /// <summary>Where frames are written.</summary>
    public PipeWriter Output => _http.Response.BodyWriter;

    public static EventStream Begin(HttpContext http, TimeProvider time)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stream = new EventStream(http, time);
        stream.WriteText("retry: 1000\n\n");
        return stream;
    }

    /// <summary>The id of the last frame that a reader who comes back has seen; null: it comes for the first time.</summary>
    /// <exception cref="BadHttpRequestException">It is none.</exception>
    public static long? LastEventId(HttpRequest request) => request.Headers["Last-Event-ID"] is not [{ } text] ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw new BadHttpRequestException($"'Last-Event-ID' is '{text}', which no event of this stream has.");

    /// <summary>Lets frames be written until there are no more; then the reader is told that it need not come back.</summary>
    /// <param name="write">Writes them. Of Sluice's errors the reader is told; it may come back.</param>
    public async Task FollowAsync(Func<CancellationToken, Task> write)
    {
        try
        {
            await write(_ending.Token).ConfigureAwait(false);
            WriteText("event: end\ndata: {}\n\n");
        }
        catch (SluiceException exception)
        {
            var problem = JsonSerializer.Serialize(new { code = exception.Code, detail = ProblemResponse.Of(exception).Detail }, SluiceJson.Options);
            WriteText($"event: problem\ndata: {problem}\n\n");
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The reader is gone, or comes back to the next start of the server.
        }

        if (!_http.RequestAborted.IsCancellationRequested) await Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A frame without an id: it moves no reader's position.</summary>
    public void WriteJson<T>(T value, string? name = null) =>
        WriteText($"{(name is null ? "" : $"event: {name}\n")}data: {JsonSerializer.Serialize(value, SluiceJson.Options)}\n\n");

    public void WriteText(string text) => Encoding.UTF8.GetBytes(text, Output);

    /// <summary>Sends what was written, once it is a portion; waits for a reader that is behind.</summary>
    public ValueTask<FlushResult> FlushWhenFullAsync() => Output.UnflushedBytes < Portion ? default : Output.FlushAsync(_ending.Token);

    /// <summary>The same items. While the next one is not there yet, what was written is sent on, and then something now and then.</summary>
    public async IAsyncEnumerable<T> WithHeartbeatsAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = items.GetAsyncEnumerator(cancellationToken);
        await using (reader.ConfigureAwait(false))
        {
            while (true)
            {
                var next = reader.MoveNextAsync();
                var hasNext = next.IsCompleted ? await next.ConfigureAwait(false) : await WaitAsync(next.AsTask()).ConfigureAwait(false);
                if (!hasNext) yield break;
                yield return reader.Current;
            }
        }
    }

    public void Dispose() => _ending.Dispose();

    private async ValueTask<bool> WaitAsync(Task<bool> next)
    {
        try
        {
            await Output.FlushAsync(_ending.Token).ConfigureAwait(false);
            while (!await IsDoneAsync(next).ConfigureAwait(false))
            {
                WriteText(": \n\n");
                await Output.FlushAsync(_ending.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            // What is being read can only be left once it stands still.
            await _ending.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await next.ConfigureAwait(false);
    }

    private async ValueTask<bool> IsDoneAsync(Task moving)
    {
        try
        {
            await moving.WaitAsync(HeartbeatInterval, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!moving.IsCompleted)
        {
            return false;
        }

        return true;
    }
}

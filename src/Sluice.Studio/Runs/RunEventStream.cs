using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Studio.Runs;

/// <summary>
/// A run's events as server-sent events: each once, in order, with its sequence as the id, so that a reader that was cut off goes on where it was.
/// Watching changes nothing: a reader that leaves leaves the run alone.
/// </summary>
internal sealed class RunEventStream(AgentRuntime runtime, TimeProvider time)
{
    /// <summary>How often something is sent while nothing happens, so that both sides find out when the connection is gone.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>Sends what comes after a sequence, until the run has ended or the reader is gone. A wait for a person does not end it.</summary>
    public async Task SendAsync(HttpContext http, string runId, long after)
    {
        var cancellationToken = http.RequestAborted;
        Begin(http);
        await http.Response.WriteAsync("retry: 1000\n\n", cancellationToken).ConfigureAwait(false);
        var position = after;
        while (true)
        {
            var isOver = false;
            await foreach (var runtimeEvent in WithHeartbeatsAsync(http.Response, runtime.EventsAsync(runId, position, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                // It ends the runtime's stream, not the run, and is not recorded: the events go on after it with the same sequence.
                if (runtimeEvent is FinishEvent { FinishReason: FinishReason.Suspended }) break;
                await WriteAsync(http.Response, runtimeEvent, cancellationToken).ConfigureAwait(false);
                position = runtimeEvent.Sequence;
                isOver = runtimeEvent.IsTerminal;
            }

            if (isOver || await HasEndedAsync(runId, position, cancellationToken).ConfigureAwait(false)) break;
        }

        await http.Response.WriteAsync("event: end\ndata: {}\n\n", cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> HasEndedAsync(string runId, long position, CancellationToken cancellationToken) =>
        await runtime.GetRunAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run
        || (run.State is RunState.Finished or RunState.Cancelled or RunState.Failed && run.LastEvent <= position);

    private static void Begin(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async ValueTask WriteAsync(HttpResponse response, RuntimeEvent runtimeEvent, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"id: {runtimeEvent.Sequence.ToString(CultureInfo.InvariantCulture)}\ndata: ", cancellationToken).ConfigureAwait(false);
        await response.WriteAsync(runtimeEvent.ToJson(), cancellationToken).ConfigureAwait(false);
        await response.WriteAsync("\n\n", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same events. What was written is sent on whenever the next one is not there yet.</summary>
    private async IAsyncEnumerable<RuntimeEvent> WithHeartbeatsAsync(
        HttpResponse response, IAsyncEnumerable<RuntimeEvent> events,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = events.GetAsyncEnumerator(cancellationToken);
        await using (reader.ConfigureAwait(false))
        {
            while (true)
            {
                var next = reader.MoveNextAsync();
                var hasNext = next.IsCompleted
                    ? await next.ConfigureAwait(false)
                    : await WaitAsync(response, next.AsTask(), cancellationToken).ConfigureAwait(false);
                if (!hasNext) yield break;
                yield return reader.Current;
            }
        }
    }

    private async ValueTask<bool> WaitAsync(HttpResponse response, Task<bool> next, CancellationToken cancellationToken)
    {
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        while (!await IsDoneAsync(next, cancellationToken).ConfigureAwait(false))
        {
            await response.WriteAsync(": \n\n", cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return await next.ConfigureAwait(false);
    }

    private async ValueTask<bool> IsDoneAsync(Task moving, CancellationToken cancellationToken)
    {
        try
        {
            await moving.WaitAsync(HeartbeatInterval, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!moving.IsCompleted)
        {
            return false;
        }

        return true;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Studio.Hosting;

namespace Sluice.Studio.Runs;

/// <summary>
/// A run's events as server-sent events: each once, in order, with its sequence as the id, so that a reader that was cut off goes on where it was.
/// Watching changes nothing: a reader that leaves leaves the run alone.
/// </summary>
internal sealed class RunEventStream(AgentRuntime runtime, TimeProvider time)
{
    /// <summary>Sends what comes after a sequence, until the run has ended, the server stops or the reader is gone. A wait for a person does not end it.</summary>
    /// <remarks>A reader that is further than the run is holds events of another record: it is told to forget them, and gets all from the first.</remarks>
    public async Task SendAsync(HttpContext http, RunRecord run, long after)
    {
        using var stream = EventStream.Begin(http, time);
        var (runId, position) = (run.RunId, after);
        if (position > run.LastEvent)
        {
            stream.WriteText("event: reset\ndata: {}\n\n");
            position = 0;
        }

        await stream.FollowAsync(async cancellationToken =>
        {
            while (true)
            {
                var isOver = false;
                await foreach (var runtimeEvent in stream.WithHeartbeatsAsync(runtime.EventsAsync(runId, position, cancellationToken), cancellationToken).ConfigureAwait(false))
                {
                    // It ends the runtime's stream, not the run, and is not recorded: the events go on after it with the same sequence.
                    if (runtimeEvent is FinishEvent { FinishReason: FinishReason.Suspended }) break;
                    Write(stream, runtimeEvent);
                    await stream.FlushWhenFullAsync().ConfigureAwait(false);
                    position = runtimeEvent.Sequence;
                    isOver = runtimeEvent.IsTerminal;
                }

                if (isOver || await HasEndedAsync(runId, position, cancellationToken).ConfigureAwait(false)) return;
            }
        }).ConfigureAwait(false);
    }

    private async ValueTask<bool> HasEndedAsync(string runId, long position, CancellationToken cancellationToken) =>
        await runtime.GetRunAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run
        || (run.State is RunState.Finished or RunState.Cancelled or RunState.Failed && run.LastEvent <= position);

    private static void Write(EventStream stream, RuntimeEvent runtimeEvent)
    {
        stream.WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {runtimeEvent.Sequence}\ndata: "));
        stream.WriteText(runtimeEvent.ToJson());
        stream.WriteText("\n\n");
    }
}

using Sluice.Data.Profiling;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Tells how a database is looked at: a bar where one can be drawn, what could not be read, and what came of it.</summary>
internal static class ProfilingAccount
{
    /// <summary>Follows it to its end.</summary>
    public static async Task FollowAsync(IAsyncEnumerable<ProfilingEvent> events, IAnsiConsole console, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            await FollowAsync(events, console, task: null, cancellationToken);
            return;
        }

        await console.Progress().AutoClear(true).StartAsync(context => FollowAsync(events, console, context.AddTask("Profiling"), cancellationToken));
    }

    private static async Task FollowAsync(IAsyncEnumerable<ProfilingEvent> events, IAnsiConsole console, ProgressTask? task, CancellationToken cancellationToken)
    {
        await foreach (var e in events.WithCancellation(cancellationToken))
        {
            switch (e)
            {
                case ProfilingStartedEvent started: task?.MaxValue(started.Tables); break;
                case TableStartedEvent table: task?.Description($"Profiling {Markup.Escape(table.Table)}"); break;
                case TableProfiledEvent or TableSkippedEvent: task?.Increment(1); break;
                case TableFailedEvent failed:
                    task?.Increment(1);
                    console.WriteLine($"{failed.Table} could not be profiled: {failed.Error.Message}");
                    break;
                case ProfilingCompletedEvent completed: console.WriteLine(Tell(completed)); break;
            }
        }
    }

    private static string Tell(ProfilingCompletedEvent completed)
    {
        var unchanged = completed.Skipped > 0 ? $" {ToolSummary.Count(completed.Skipped, "table")} had not changed." : "";
        if (completed.Profiled == 0) return $"The catalog is up to date.{unchanged}";
        var done = $"Profiled {ToolSummary.Count(completed.Profiled, "table")} in {completed.ElapsedMs / 1000d:0.0} s";
        return $"{done}: {ToolSummary.Count(completed.EntriesWritten, "entry", "entries")} in the catalog.{unchanged}";
    }
}

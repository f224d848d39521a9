using Sluice.Cli.CommandLine;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Shows long work while it goes on: a bar on a terminal, lines where there is none, events as JSON where asked for.</summary>
internal sealed class EventOutput<TEvent>(Invocation invocation, Func<TEvent, ProgressStep> describe)
    where TEvent : class
{
    /// <summary>Whether the events are the result where one document is asked for. Default: true; otherwise they are passed over in silence there.</summary>
    public bool ListsEvents { get; init; } = true;

    private Terminal Terminal => invocation.Terminal;

    /// <summary>Goes through the events to the end, and gives the last one.</summary>
    public Task<TEvent> RunAsync(IAsyncEnumerable<TEvent> events, CancellationToken cancellationToken) => invocation.Format switch
    {
        OutputFormat.Json when !ListsEvents => EachAsync(events, _ => { }, cancellationToken),
        OutputFormat.Json => WriteDocumentAsync(events, cancellationToken),
        OutputFormat.Ndjson => EachAsync(events, Terminal.WriteEvent, cancellationToken),
        _ when Terminal.ShowsProgress => ShowBarAsync(events, cancellationToken),
        _ => EachAsync(events, WriteLine, cancellationToken),
    };

    private async Task<TEvent> WriteDocumentAsync(IAsyncEnumerable<TEvent> events, CancellationToken cancellationToken)
    {
        var all = new List<TEvent>();
        var last = await EachAsync(events, all.Add, cancellationToken);
        Terminal.WriteJson(all);
        return last;
    }

    private void WriteLine(TEvent happened)
    {
        if (describe(happened).Line is { } line) Terminal.Error.WriteLine(VisibleText.OfLine(line));
    }

    private async Task<TEvent> ShowBarAsync(IAsyncEnumerable<TEvent> events, CancellationToken cancellationToken)
    {
        var console = Terminal.ErrorConsole();
        return await console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("…", maxValue: 1);
                return await EachAsync(events, happened => Advance(console, bar, describe(happened)), cancellationToken);
            });
    }

    private static void Advance(IAnsiConsole console, ProgressTask bar, ProgressStep step)
    {
        if (step.Total is { } total) bar.MaxValue = Math.Max(1, total);
        if (step.Reached is { } reached) bar.Value = reached;
        bar.Increment(step.Done);
        if (step.Current is { } current) bar.Description = Markup.Escape(VisibleText.OfLine(current));
        if (step is { IsProblem: true, Line: { } line }) console.WriteLine(VisibleText.OfLine(line));
    }

    private static async Task<TEvent> EachAsync(IAsyncEnumerable<TEvent> events, Action<TEvent> act, CancellationToken cancellationToken)
    {
        TEvent? last = null;
        await foreach (var happened in events.WithCancellation(cancellationToken)) act(last = happened);
        return last ?? throw new SluiceException(ErrorCodes.Internal, "The work ended without a word of what it did.");
    }
}

using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Search;

namespace Sluice.Cli.Data.Catalog.Index;

/// <summary><c>sluice data catalog index rebuild</c>: makes every document of the index anew.</summary>
internal sealed class IndexRebuildCommand(Shell shell, DataSourceOptions source) : SluiceCommand(
    shell, "rebuild", "Makes the search index anew from the catalog.",
    "sluice data catalog index rebuild",
    "sluice data catalog index rebuild --catalog sqlite:catalog.db --search-index search.db")
{
    public override string AfterInterruption => "the index can be used; run the command again to complete it";

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(invocation, cancellationToken);
        var events = IndexCommand.RequireIndex(session).RebuildAsync(session.Scope, cancellationToken);
        var last = await new EventOutput<SearchIndexEvent>(invocation, Describe).RunAsync(events, cancellationToken);
        if (invocation.Format == OutputFormat.Text && last is SearchIndexCompletedEvent done)
            invocation.Terminal.Out.WriteLine($"{done.Entries} entries in the index: {done.Written} written, {done.Unchanged} unchanged, {done.Removed} removed.");
        return ExitCode.Done;
    }

    private static ProgressStep Describe(SearchIndexEvent happened) => happened switch
    {
        SearchIndexStartedEvent started => new() { Total = started.Entries, Line = $"{started.Entries} entries" },
        SearchIndexProgressEvent progress => new() { Reached = progress.Done, Current = $"{progress.Done} of {progress.Entries}" },
        _ => new(),
    };
}

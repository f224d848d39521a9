using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Exchange;

namespace Sluice.Cli.Data.Catalog;

/// <summary><c>sluice data catalog import</c>: brings an exported file in.</summary>
internal sealed class CatalogImportCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly Argument<string> _file = new("file") { Description = "The file; - reads standard input.", HelpName = "FILE" };
    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Remove entries that the file does not have: of the databases and kinds only that it was exported with.",
    };

    public CatalogImportCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "import", "Brings the entries of an export in. The whole file is checked first; entries with the same id are replaced.",
            "sluice data catalog import catalog.jsonl",
            "sluice data catalog import catalog.jsonl --replace --catalog sqlite:catalog.db")
    {
        _source = source;
        Arguments.Add(_file);
        Options.Add(_replace);
    }

    public override string AfterInterruption => "what was imported stays; run the command again to complete it";

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Get(_file)!;
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        var catalog = session.RequireWritableCatalog();
        await using var input = path == "-" ? invocation.Terminal.InStream : File.OpenRead(path);
        var events = CatalogExchange.ImportAsync(catalog, session.Scope, input, invocation.Get(_replace), cancellationToken);
        var last = await new EventOutput<CatalogImportEvent>(invocation, Describe).RunAsync(events, cancellationToken);
        if (invocation.Format == OutputFormat.Text && last is CatalogImportCompletedEvent done)
            invocation.Terminal.Out.WriteLine($"{done.Added} added, {done.Changed} changed, {done.Unchanged} unchanged, {done.Removed} removed.");
        return ExitCode.Done;
    }

    private static ProgressStep Describe(CatalogImportEvent happened) => happened switch
    {
        CatalogImportStartedEvent started => new() { Total = started.Entries, Line = $"{started.Entries} entries, all good" },
        CatalogImportProgressEvent progress => new() { Reached = progress.Done, Current = $"{progress.Done} of {progress.Entries}" },
        _ => new(),
    };
}

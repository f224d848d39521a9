using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Exchange;

namespace Sluice.Cli.Data.Catalog;

/// <summary><c>sluice data catalog export</c>: the catalog as a file for version control.</summary>
internal sealed class CatalogExportCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly FilterOptions _filter = new();
    private readonly Option<string> _out = new("--out")
    {
        Description = "The file; - is standard output. It is complete or not there: what stood there is replaced at the end.",
        HelpName = "FILE",
        Required = true,
    };

    public CatalogExportCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "export", "Writes the catalog to a file: sorted, one entry a line, the same bytes for the same entries. No addresses are in it.",
            "sluice data catalog export --out catalog.jsonl",
            "sluice data catalog export --database-id shop --kind table --kind column --out -")
    {
        _source = source;
        Options.Add(_out);
        foreach (var option in _filter.All) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Get(_out)!;
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        Task<int> ExportAsync(Stream stream) =>
            CatalogExchange.ExportAsync(session.Environment.Catalog, session.Scope, stream, _filter.Read(invocation), cancellationToken);
        var count = path == "-" ? await ExportAsync(invocation.Terminal.OutStream) : await WholeFile.WriteAsync(path, ExportAsync);
        invocation.Terminal.Error.WriteLine($"{count} {(count == 1 ? "entry" : "entries")} exported{(path == "-" ? "" : $" to {path}")}.");
        return ExitCode.Done;
    }
}

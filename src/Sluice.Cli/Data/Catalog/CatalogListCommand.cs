using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data;

namespace Sluice.Cli.Data.Catalog;

/// <summary><c>sluice data catalog list</c>: the entries, sorted.</summary>
internal sealed class CatalogListCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly FilterOptions _filter = new();
    private readonly Option<int> _limit = NumberOption.Create("--limit", "N", "The most entries, from 1.", 1, int.MaxValue, byDefault: 1000);

    public CatalogListCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "list", "Lists the entries of the catalog by kind and name.",
            "sluice data catalog list --kind table",
            "sluice data catalog list --table orders --output ndjson")
    {
        _source = source;
        foreach (var option in _filter.All) Options.Add(option);
        Options.Add(_limit);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        var (entries, limit, isCut) = (new List<CatalogEntry>(), invocation.Get(_limit), false);
        await foreach (var entry in session.Environment.Catalog.ListAsync(session.Scope, _filter.Read(invocation), cancellationToken))
        {
            if (isCut = entries.Count == limit) break;
            entries.Add(entry);
        }

        Write(invocation, entries);
        if (entries.Count == 0) invocation.Terminal.Error.WriteLine("There are no such entries.");
        if (isCut) invocation.Terminal.Error.WriteLine($"There are more than {limit}: --limit raises the number.");
        return ExitCode.Done;
    }

    private static void Write(Invocation invocation, List<CatalogEntry> entries)
    {
        var terminal = invocation.Terminal;
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                terminal.WriteJson(entries);
                break;
            case OutputFormat.Ndjson:
                foreach (var entry in entries) terminal.WriteEvent(new { type = "entry", entry });
                break;
            default:
                var table = new TextTable("KIND", "QUALIFIED NAME", "ID", "DESCRIPTION");
                foreach (var entry in entries) table.Add(FilterOptions.NameOf(entry.ItemType), entry.QualifiedName, entry.Id, entry.Content);
                table.WriteTo(terminal);
                break;
        }
    }
}

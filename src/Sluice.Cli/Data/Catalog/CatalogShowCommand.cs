using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data;

namespace Sluice.Cli.Data.Catalog;

/// <summary><c>sluice data catalog show</c>: everything about an entry.</summary>
internal sealed class CatalogShowCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly Argument<string> _reference = new("ref") { Description = "The id, or the qualified name.", HelpName = "REF" };

    public CatalogShowCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "show", "Shows what the catalog has under an id or a qualified name.",
            "sluice data catalog show main.orders",
            "sluice data catalog show table:shop:main.orders --output json")
    {
        _source = source;
        Arguments.Add(_reference);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var reference = invocation.Get(_reference)!;
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        var catalog = session.Environment.Catalog;
        var found = await catalog.GetAsync(session.Scope, [reference], cancellationToken);
        if (found.Count == 0) found = await catalog.FindAsync(session.Scope, [reference], cancellationToken);
        if (found.Count == 0)
        {
            throw new SluiceException(
                ErrorCodes.UnknownCatalogEntry, $"The catalog has no entry '{reference}'. 'sluice data catalog list' shows those there are.");
        }

        if (invocation.Format == OutputFormat.Ndjson) foreach (var entry in found) invocation.Terminal.WriteEvent(new { type = "entry", entry });
        else if (invocation.Format == OutputFormat.Json) invocation.Terminal.WriteJson(found);
        else foreach (var entry in found) invocation.Terminal.WriteJson(entry);
        return ExitCode.Done;
    }
}

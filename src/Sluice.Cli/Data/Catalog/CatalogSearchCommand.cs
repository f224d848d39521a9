using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Search;

namespace Sluice.Cli.Data.Catalog;

/// <summary><c>sluice data catalog search</c>: what an agent would find.</summary>
internal sealed class CatalogSearchCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly FilterOptions _filter = new();
    private readonly Argument<string> _query = new("query") { Description = "A question in plain words, or a name.", HelpName = "QUERY" };
    private readonly Option<int> _limit =
        NumberOption.Create("--limit", "N", "The most candidates, 1 to 50.", 1, CatalogSearchQuery.MostCandidates, byDefault: 10);

    private readonly Option<string?> _cursor = new("--cursor") { Description = "Where to go on: what the page before ended with.", HelpName = "CURSOR" };

    public CatalogSearchCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "search", "Searches the catalog as an agent does, and says why each entry was found.",
            "sluice data catalog search \"revenue by customer\"",
            "sluice data catalog search invoice --kind table --kind column --database chinook.db")
    {
        _source = source;
        Arguments.Add(_query);
        foreach (var option in (Option[])[_filter.DatabaseId, _filter.Kinds, _limit, _cursor]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        var filter = _filter.Read(invocation);
        var query = new CatalogSearchQuery
        {
            Text = invocation.Get(_query)!,
            Kinds = filter.ItemTypes,
            DatabaseId = filter.DatabaseId,
            Limit = invocation.Get(_limit),
            Cursor = invocation.Get(_cursor),
        };
        var search = session.Environment.Search ?? throw new SluiceException(ErrorCodes.NotAvailable, "This build has no search index.");
        Write(invocation, await search.SearchAsync(session.Scope, query, cancellationToken));
        return ExitCode.Done;
    }

    private static void Write(Invocation invocation, CatalogSearchResult result)
    {
        var terminal = invocation.Terminal;
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                terminal.WriteJson(result);
                break;
            case OutputFormat.Ndjson:
                foreach (var candidate in result.Candidates) terminal.WriteEvent(new { type = "candidate", candidate });
                terminal.WriteEvent(new { type = "completed", result.Related, result.NextCursor, result.Elsewhere });
                break;
            default:
                WriteText(terminal, result);
                break;
        }
    }

    private static void WriteText(Terminal terminal, CatalogSearchResult result)
    {
        if (result.Candidates.Count == 0)
        {
            terminal.Error.WriteLine("Nothing was found.");
            if (result.Elsewhere.Count > 0) terminal.Error.WriteLine($"hint: without --kind and --database-id there are {VisibleText.OfLine(string.Join(", ", result.Elsewhere))}");
            return;
        }

        var table = new TextTable("KIND", "QUALIFIED NAME", "WHY", "DESCRIPTION");
        foreach (var hit in result.Candidates)
            table.Add(FilterOptions.NameOf(hit.Entry.ItemType), hit.Entry.QualifiedName, string.Join("; ", hit.Reasons), hit.Entry.Content);
        table.WriteTo(terminal);
        if (result.NextCursor is { } cursor) terminal.Error.WriteLine($"There is more: --cursor {cursor}");
    }
}

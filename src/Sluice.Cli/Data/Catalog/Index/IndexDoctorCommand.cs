using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Search;

namespace Sluice.Cli.Data.Catalog.Index;

/// <summary><c>sluice data catalog index doctor</c>: compares the index with the catalog.</summary>
internal sealed class IndexDoctorCommand(Shell shell, DataSourceOptions source) : SluiceCommand(
    shell, "doctor", "Compares the search index with the catalog and changes nothing. Exit code 3 where they differ.",
    "sluice data catalog index doctor",
    "sluice data catalog index doctor --output json")
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(invocation, cancellationToken);
        var report = await IndexCommand.RequireIndex(session).CheckAsync(session.Scope, cancellationToken);
        Write(invocation, report);
        return report.IsClean ? ExitCode.Done : ExitCode.ChecksFailed;
    }

    private static void Write(Invocation invocation, SearchIndexReport report)
    {
        var terminal = invocation.Terminal;
        if (invocation.Format == OutputFormat.Json) terminal.WriteJson(report);
        else if (invocation.Format == OutputFormat.Ndjson)
            terminal.WriteEvent(new { type = "completed", report.Entries, report.Documents, report.Orphans, report.Missing, report.Stale, report.IsClean });
        else WriteText(terminal, report);
    }

    private static void WriteText(Terminal terminal, SearchIndexReport report)
    {
        terminal.Out.WriteLine($"{report.Entries} entries, {report.Documents} documents in the index.");
        WriteDifference(terminal, "orphans", "documents whose entry is gone", report.Orphans);
        WriteDifference(terminal, "missing", "entries without a document", report.Missing);
        WriteDifference(terminal, "stale", "documents of another version of their entry", report.Stale);
        if (report.IsClean) terminal.Out.WriteLine("They agree.");
        else terminal.Error.WriteLine("hint: sluice data catalog index rebuild");
    }

    private static void WriteDifference(Terminal terminal, string name, string meaning, SearchIndexDifference difference)
    {
        if (difference.Count == 0) return;
        terminal.Out.WriteLine($"{difference.Count} {name}: {meaning}");
        foreach (var id in difference.Samples) terminal.Out.WriteLine($"  {VisibleText.OfLine(id)}");
        if (difference.Count > difference.Samples.Count) terminal.Out.WriteLine($"  … and {difference.Count - difference.Samples.Count} more");
    }
}

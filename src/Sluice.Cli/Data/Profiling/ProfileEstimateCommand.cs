using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Profiling;

namespace Sluice.Cli.Data.Profiling;

/// <summary><c>sluice data profile estimate</c>: what profiling would do.</summary>
internal sealed class ProfileEstimateCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly ProfileOptions _options = new();

    public ProfileEstimateCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "estimate", "Says what profiling would read and how long it would take. Writes nothing.",
            "sluice data profile estimate --database-id shop",
            "sluice data profile estimate --database-id shop --table orders --database shop.db --catalog catalog.db")
    {
        _source = source;
        Options.Add(_options.Tables);
        foreach (var option in _options.All) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        session.RequireDatabase();
        session.RequireWritableCatalog();
        var estimate = await session.Environment.EstimateProfilingAsync(session.Scope, _options.Read(invocation), cancellationToken);
        if (invocation.Format == OutputFormat.Json) invocation.Terminal.WriteJson(estimate);
        else if (invocation.Format == OutputFormat.Ndjson) WriteEvents(invocation.Terminal, estimate);
        else WriteText(invocation.Terminal, estimate);
        return ExitCode.Done;
    }

    private static void WriteEvents(Terminal terminal, ProfilingEstimate estimate)
    {
        foreach (var table in estimate.Tables) terminal.WriteEvent(new { type = "table", table.Table, table.Rows, table.Columns, table.WouldBeSkipped, table.Error });
        terminal.WriteEvent(new { type = "completed", estimate.TablesToProfile, estimate.Rows, estimate.Columns, estimate.Queries, estimate.ExpectedTime });
    }

    private static void WriteText(Terminal terminal, ProfilingEstimate estimate)
    {
        var table = new TextTable("TABLE", "ROWS", "COLUMNS", "");
        foreach (var item in estimate.Tables) table.Add(item.Table, item.Rows, item.Columns, item.Error?.ToString() ?? (item.WouldBeSkipped ? "unchanged" : null));
        table.WriteTo(terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{estimate.TablesToProfile} of {estimate.Tables.Count} tables to profile: {estimate.Rows} rows, {estimate.Columns} columns, about {estimate.Queries} queries, "
            + $"about {Math.Max(1, estimate.ExpectedTime.TotalSeconds):F0} s.");
    }
}

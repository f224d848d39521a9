using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Profiling;

namespace Sluice.Cli.Data.Profiling;

/// <summary>Profiles, and shows how far it is.</summary>
internal abstract class ProfileRunCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;

    protected ProfileRunCommand(Shell shell, DataSourceOptions source, string name, string description, params IReadOnlyList<string> examples)
        : base(shell, name, description, examples)
    {
        _source = source;
        foreach (var option in Profiling.All) Options.Add(option);
    }

    public sealed override string AfterInterruption => "finished tables are in the catalog; run the command again to go on with the others";

    protected ProfileOptions Profiling { get; } = new();

    protected sealed override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        session.RequireDatabase();
        session.RequireWritableCatalog();
        var events = session.Environment.ProfileAsync(session.Scope, Profiling.Read(invocation), cancellationToken);
        var last = await new EventOutput<ProfilingEvent>(invocation, Describe).RunAsync(events, cancellationToken);
        if (last is not ProfilingCompletedEvent done) return ExitCode.Failed;
        if (invocation.Format == OutputFormat.Text) invocation.Terminal.Out.WriteLine(
            $"{done.Profiled} tables profiled, {done.Skipped} unchanged, {done.Failed} failed; {done.EntriesWritten} entries written, {done.EntriesRemoved} removed.");
        return done.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static ProgressStep Describe(ProfilingEvent happened) => happened switch
    {
        ProfilingStartedEvent started => new() { Total = started.Tables, Line = $"{started.Tables} tables of {started.DatabaseId}" },
        TableStartedEvent started => new() { Current = started.Table },
        TableProfiledEvent done => new() { Done = 1, Current = done.Table, Line = LineOf(done) },
        TableSkippedEvent skipped => new() { Done = 1, Line = $"{skipped.Table}: {skipped.Reason}" },
        TableFailedEvent failed => new() { Done = 1, IsProblem = true, Line = $"{failed.Table}: failed, {failed.Error.Message} ({failed.Error.Code})" },
        RelationsInferredEvent relations => new() { Current = "relations", Line = $"{relations.Declared} relations declared, {relations.Inferred} inferred" },
        _ => new(),
    };

    private static string LineOf(TableProfiledEvent done) =>
        $"{done.Table}: {(done.Rows is { } rows ? $"{rows} rows, " : "")}{done.Columns} columns, {done.Findings} findings, {done.ElapsedMs} ms";
}

using System.CommandLine;
using System.Runtime.CompilerServices;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Runs;

namespace Sluice.Cli.Audit;

/// <summary><c>sluice audit verify</c>: checks that the records of runs are as they were written.</summary>
internal sealed class AuditVerifyCommand : RecordCommand
{
    private readonly Argument<string?> _run = new("run")
    {
        Description = "The run. Default: all of the tenant's.",
        HelpName = "RUN",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public AuditVerifyCommand(Shell shell)
        : base(
            shell, "verify", "Checks that the records of runs are as they were written, and ends with 3 when one is not.",
            "sluice audit verify",
            "sluice audit verify run-01a21ee943f8764681ddc5260bfd83d4 --store runs.db --tenant-id acme") => Arguments.Add(_run);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var reports = new List<AuditReport>();
        await foreach (var report in VerifyAsync(invocation, records, cancellationToken))
        {
            reports.Add(report);
            if (invocation.Format == OutputFormat.Ndjson) invocation.Terminal.WriteEvent(report);
            if (invocation.Format == OutputFormat.Text) Write(invocation.Terminal, report);
        }

        if (invocation.Format == OutputFormat.Json) invocation.Terminal.WriteJson(reports);
        if (reports.Count == 0) TellEmpty(invocation, records, "runs");
        else if (invocation.Format == OutputFormat.Text) Summarize(invocation.Terminal, reports);
        return reports.TrueForAll(report => report.IsIntact) ? ExitCode.Done : ExitCode.ChecksFailed;
    }

    private IAsyncEnumerable<AuditReport> VerifyAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken) => invocation.Get(_run) is { } runId
        ? VerifyOneAsync(records, runId, cancellationToken)
        : records.VerifyAllAsync(cancellationToken);

    private static async IAsyncEnumerable<AuditReport> VerifyOneAsync(
        AgentRuntime records, string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await records.VerifyAsync(runId, cancellationToken);
    }

    private static void Write(Terminal terminal, AuditReport report)
    {
        foreach (var problem in report.Problems)
        {
            var place = problem.Sequence > 0 ? $"entry {problem.Sequence}" : "its row";
            terminal.Out.WriteLine(VisibleText.OfLine($"{report.RunId}, {place}: {problem.Message} ({problem.Code})"));
        }
    }

    private static void Summarize(Terminal terminal, List<AuditReport> reports)
    {
        var broken = reports.Count(report => !report.IsIntact);
        terminal.Out.WriteLine(broken == 0
            ? $"{Count.Of(reports.Count, "run")}, {Count.Of(reports.Sum(report => report.Entries), "entry", "entries")}: all as they were written."
            : $"{broken} of {Count.Of(reports.Count, "run")} {(broken == 1 ? "is not as it was" : "are not as they were")} written.");
    }
}

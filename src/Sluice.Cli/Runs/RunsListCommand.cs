using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary><c>sluice runs list</c>: which runs there are, newest first.</summary>
internal sealed class RunsListCommand : RecordCommand
{
    private static readonly string[] States = [.. Enum.GetValues<RunState>().Select(WireName.Of)];

    private readonly Option<RunState?> _state = new("--state") { Description = "Only runs that stand here.", HelpName = string.Join('|', States) };
    private readonly Option<string?> _thread = new("--thread") { Description = "Only runs of this conversation.", HelpName = "ID" };
    private readonly Option<int> _limit = NumberOption.Create("--limit", "N", "The most runs to list, 1 to 1000.", 1, 1000, 50);

    public RunsListCommand(Shell shell)
        : base(
            shell, "list", "Lists runs, newest first.",
            "sluice runs list",
            "sluice runs list --state waiting --spec runtime.json",
            "sluice runs list --store-env RUNS --tenant-id acme --output ndjson")
    {
        _state.AcceptOnlyFromAmong(StringComparer.Ordinal, States);
        foreach (var option in (IEnumerable<Option>)[_state, _thread, _limit]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var filter = new RunFilter { State = invocation.Get(_state), ThreadId = invocation.Get(_thread), Limit = invocation.Get(_limit) };
        var runs = await records.ListRunsAsync(filter, cancellationToken);
        if (runs.Count == 0) TellEmpty(invocation, records, "such runs");
        RecordOutput.WriteList(
            invocation, runs, ["run", "state", "agent", "started"],
            run => [TextCell.Id(run.RunId), RecordOutput.State(run), run.EntryAgent, RecordOutput.Minute(run.StartedAt)]);
        return ExitCode.Done;
    }
}

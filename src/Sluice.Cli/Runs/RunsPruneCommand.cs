using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary><c>sluice runs prune</c>: removes runs that ended long ago.</summary>
internal sealed class RunsPruneCommand : RecordCommand
{
    private const int MostDays = 36_500;

    private readonly Option<int?> _days = NumberOption.CreateOptional("--older-than-days", "N", "How many days ago a run must have ended, 0 to 36500.", 0, MostDays);
    private readonly Option<bool> _drafts = new("--include-drafts") { Description = "Remove drafts of plans of that age too." };

    public RunsPruneCommand(Shell shell)
        : base(
            shell, "prune", "Removes runs that ended long ago, with all that belonged to them alone. Runs that have not ended stay.",
            "sluice runs prune --older-than-days 90",
            "sluice runs prune --older-than-days 30 --include-drafts --store-env RUNS --tenant-id acme")
    {
        _days.Required = true;
        Options.Add(_days);
        Options.Add(_drafts);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var options = new PruneOptions { OlderThan = TimeSpan.FromDays(invocation.Get(_days)!.Value), IncludeDrafts = invocation.Get(_drafts) };
        var result = await records.PruneAsync(options, cancellationToken);
        RecordOutput.WriteOne(
            invocation, result,
            removed => $"Removed: {Count.Of(removed.Runs, "run")}, {Count.Of(removed.Requests, "approval request")}, {Count.Of(removed.Plans, "plan")}, {Count.Of(removed.References, "expired value")}."
                + (removed.Kept > 0 ? $" Kept: {Count.Of(removed.Kept, "run")} with plans that are approved or executing." : ""));
        return ExitCode.Done;
    }
}

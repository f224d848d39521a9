using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Runs;

namespace Sluice.Cli.Approvals;

/// <summary><c>sluice approvals list</c>: what waits for a decision, oldest first.</summary>
internal sealed class ApprovalsListCommand : RecordCommand
{
    private readonly Option<string?> _run = new("--run") { Description = "Only requests of this run.", HelpName = "RUN" };
    private readonly Option<bool> _all = new("--all") { Description = "Requests that are closed too." };
    private readonly Option<bool> _newest = new("--newest") { Description = "The newest first." };
    private readonly Option<int> _limit = NumberOption.Create("--limit", "N", "The most requests to list, 1 to 1000.", 1, 1000, 50);

    public ApprovalsListCommand(Shell shell)
        : base(
            shell, "list", "Lists what waits for a decision, oldest first.",
            "sluice approvals list",
            "sluice approvals list --all --newest --limit 10",
            "sluice approvals list --all --run run-01a21ee943f8764681ddc5260bfd83d4 --output json")
    {
        foreach (var option in (IEnumerable<Option>)[_run, _all, _newest, _limit]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var filter = new ApprovalFilter
        {
            Status = invocation.Get(_all) ? null : ApprovalStatus.Pending,
            RunId = invocation.Get(_run),
            IsNewestFirst = invocation.Get(_newest),
            Limit = invocation.Get(_limit),
        };
        var requests = await records.ListApprovalsAsync(filter, cancellationToken);
        if (requests.Count == 0) TellEmpty(invocation, records, "such requests");
        RecordOutput.WriteList(
            invocation, requests, ["request", "status", "asks for", "agent", "run", "asked", "what"],
            request => [TextCell.Id(request.Id), StatusOf(request), request.Target, request.Agent, TextCell.Id(request.RunId), RecordOutput.Minute(request.CreatedAt), request.Payload.GetRawText()]);
        return ExitCode.Done;
    }

    private static string StatusOf(ApprovalRequest request) => request.Decision is { } decision
        ? $"{OutcomeName.Of(decision.Outcome)}{(decision.DecidedBy is { } who ? $" by {who}" : "")}"
        : WireName.Of(request.Status);
}

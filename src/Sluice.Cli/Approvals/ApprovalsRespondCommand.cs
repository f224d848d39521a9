using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Run;
using Sluice.Cli.Runs;

namespace Sluice.Cli.Approvals;

/// <summary><c>sluice approvals respond</c>: decides on a request. Whoever drives the run goes on with it.</summary>
internal sealed class ApprovalsRespondCommand : RecordCommand
{
    private readonly Argument<string> _request = new("request") { Description = "The request.", HelpName = "REQUEST" };
    private readonly Argument<string> _outcome = new("outcome")
    {
        Description = "approve, reject or revise; for an effect whose outcome is unknown retry, mark_done or mark_failed.",
        HelpName = "OUTCOME",
    };

    private readonly Option<string?> _feedback = new("--feedback") { Description = "What the agent is told.", HelpName = "TEXT" };
    private readonly Option<string?> _partial = new("--partial")
    {
        Description = "For a plan: members that replace those of its body, as JSON; needs --spec or --app. For mark_done: the result.",
        HelpName = "JSON",
    };

    private readonly Option<ApprovalGrantScope?> _grant = new("--grant")
    {
        Description = "Approve later calls of the tool too: in this run, or with the same arguments in any run.",
        HelpName = "run|arguments",
    };

    private readonly DeciderOption _decider = new();

    public ApprovalsRespondCommand(Shell shell)
        : base(
            shell, "respond", "Decides on a request. A run that waits for it goes on, in whatever process it is driven.",
            "sluice approvals respond approval-01a21ee943f8764681ddc5260bfd83d4 approve",
            "sluice approvals respond approval-01a21ee943f8764681ddc5260bfd83d4 reject --feedback \"Too expensive.\" --decided-by ana@acme.example",
            "sluice approvals respond approval-01a21ee943f8764681ddc5260bfd83d4 approve --grant run --store-env RUNS --tenant-id acme")
    {
        _outcome.AcceptOnlyFromAmong([.. OutcomeName.All]);
        _grant.AcceptOnlyFromAmong(StringComparer.Ordinal, "run", "arguments");
        Arguments.Add(_request);
        Arguments.Add(_outcome);
        foreach (var option in (IEnumerable<Option>)[_feedback, _partial, _grant, _decider]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var answer = new ApprovalAnswer
        {
            Id = invocation.Get(_request)!,
            Outcome = OutcomeName.TryRead(invocation.Get(_outcome)!)!.Value,
            Feedback = invocation.Get(_feedback),
            Partial = ReadPartial(invocation),
            DecidedBy = _decider.Read(invocation),
            Grant = invocation.Get(_grant),
        };
        var request = await records.RespondToApprovalAsync(answer, cancellationToken);
        RecordOutput.WriteOne(invocation, request, decided => Tell(decided, answer));
        return ExitCode.Done;
    }

    private JsonElement? ReadPartial(Invocation invocation)
    {
        if (invocation.Get(_partial) is not { } text) return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new WrongUseException($"--partial is no JSON: {exception.Message}", "quote it for the shell: --partial '{\"discount\": 10}'");
        }
    }

    private static string Tell(ApprovalRequest request, ApprovalAnswer answer) => request.Status == ApprovalStatus.Pending
        ? $"Request {request.Id}: {request.Decisions.Count} of {request.Policy.Quorum} approvals are there; it waits for the others."
        : $"Request {request.Id}: {OutcomeName.Of(answer.Outcome)} by {answer.DecidedBy}. Run {request.RunId} goes on where it is driven; else resume it.";
}

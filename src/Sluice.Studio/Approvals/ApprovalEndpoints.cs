using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Documents;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Approvals;

/// <summary>What waits for people in a workspace, and their answers.</summary>
internal sealed class ApprovalEndpoints(WorkspaceTable workspaces)
{
    private const string DefaultDecider = "studio";

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/approvals", ListAsync).WithSummary("Requests, oldest first: those that wait, or as the filter says");
        workspace.MapGet("/approvals/{id}", GetAsync).WithSummary("A request");
        workspace.MapPost("/approvals/{id}", DecideAsync).WithSummary("Answers a request; of several answers exactly one counts");
    }

    private async Task<Answer<IReadOnlyList<ApprovalRequest>>> ListAsync(
        string workspace, Named<ApprovalStatus>? status, bool? all, string? run, string? thread, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 1000) throw new BadHttpRequestException($"'limit' is {limit}: from 1 to 1000.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var filter = new ApprovalFilter
        {
            Status = all == true ? null : status?.Value ?? ApprovalStatus.Pending,
            RunId = run,
            ThreadId = thread,
            Limit = limit ?? 100,
        };
        return new(await runtime.ListApprovalsAsync(filter, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<ApprovalRequest>> GetAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new(await runtime.GetApprovalAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.ApprovalNotFound, $"There is no request '{id}'."));
    }

    private async Task<Answer<ApprovalRequest>> DecideAsync(
        HttpContext http, string workspace, string id, Body<Decide> body, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var answer = new ApprovalAnswer
        {
            Id = id,
            Outcome = body.Value.Outcome,
            Feedback = body.Value.Feedback,
            Partial = body.Value.Partial,
            // Whoever is signed in does not sign for others.
            DecidedBy = http.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : body.Value.DecidedBy ?? DefaultDecider,
            Grant = body.Value.Grant,
        };
        try
        {
            return new(await runtime.RespondToApprovalAsync(answer, cancellationToken).ConfigureAwait(false));
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.ApprovalAlreadyDecided)
        {
            throw new DocumentChangedException(exception.Message, await runtime.GetApprovalAsync(id, cancellationToken).ConfigureAwait(false), exception.Code);
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Documents;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Approvals;

/// <summary>What waits for people in a workspace, and their answers.</summary>
internal sealed class ApprovalEndpoints(WorkspaceTable workspaces)
{
    private const string DefaultDecider = "studio";

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/approvals", ListAsync).WithSummary("Requests, oldest first: those that wait, or as the filter says. At most one of status, closed (no longer pending) and all; newest: the newest first");
        workspace.MapGet("/approvals/{id}", GetAsync).WithSummary("A request");
        workspace.MapPost("/approvals/{id}", DecideAsync).WithSummary("Answers a request; of several answers exactly one counts");
    }

    private async Task<Answer<Page<ApprovalRequest>>> ListAsync(
        string workspace, Named<ApprovalStatus>? status, bool? closed, bool? all, string? run, string? thread, bool? newest, [AsParameters] PageRequest page,
        CancellationToken cancellationToken)
    {
        var isChosen = all == true || closed == true;
        if ((all == true && closed == true) || (isChosen && status is not null)) throw new BadHttpRequestException("'status', 'closed' and 'all' exclude one another.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var filter = new ApprovalFilter
        {
            Status = isChosen ? null : status?.Value ?? ApprovalStatus.Pending,
            IsClosed = closed ?? false,
            RunId = run,
            ThreadId = thread,
            IsNewestFirst = newest ?? false,
            After = page.Read(2) is [var at, var id] ? new(PageRequest.ReadTime(at), id) : null,
            Limit = page.Size + 1,
        };
        var requests = await runtime.ListApprovalsAsync(filter, cancellationToken).ConfigureAwait(false);
        return new(page.Take(requests, last => PageRequest.Write(PageRequest.WriteTime(last.CreatedAt), last.Id)));
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

using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Approvals;

/// <summary>Which index serves which filter: the narrowest one that is in the order of the list.</summary>
internal static class ApprovalListing
{
    public const string Columns = "approval_id, run_id, thread_id, document";

    public static ListQuery Query(ApprovalFilter filter)
    {
        var order = filter.IsNewestFirst ? "created_at DESC, approval_id DESC" : "created_at, approval_id";
        var query = new ListQuery("approvals", Columns) { Index = "approvals_by_creation", Order = order };
        if (filter.Status is { } status) query.Where($"status = {(int)status}");
        if (filter.IsClosed) query.Where("status <> 0");
        if (filter.IsUnapplied) query.Where("status <> 0 AND is_applied = 0");
        if (filter.Status == ApprovalStatus.Pending) query.Index = "approvals_pending";
        if (filter.IsUnapplied) query.Index = "approvals_unapplied";
        if (filter.ThreadId is { } threadId)
        {
            query.Index = "approvals_by_thread";
            query.Where("thread_id = ?", row => row.Bind(threadId));
        }

        if (filter.RunId is { } runId)
        {
            query.Index = "approvals_by_run";
            query.Where("run_id = ?", row => row.Bind(runId));
        }

        if (filter.ExpiresBy is { } time)
        {
            // Of what is pending little has expired, so sorting that is less than looking through the rest.
            if (filter is { Status: ApprovalStatus.Pending, RunId: null, ThreadId: null, IsUnapplied: false }) query.Index = "approvals_expiring";
            query.Where("expires_at <= ?", row => row.Bind(time));
        }

        if (filter.After is { } after)
            query.Where($"(created_at, approval_id) {(filter.IsNewestFirst ? '<' : '>')} (?, ?)", row => row.Bind(after.CreatedAt).Bind(after.Id));
        return query;
    }
}

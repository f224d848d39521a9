using Npgsql;
using Sluice.Postgres.Connections;
using Sluice.Storage;

namespace Sluice.Postgres.Threads;

/// <summary>A thread's row is the lock of its places. Every change may be repeated.</summary>
internal sealed class PostgresThreadStore(Database database) : IThreadStore
{
    private const string Columns = "select thread_id, created_at, updated_at, run_count from threads";

    public async ValueTask<int> AddRunAsync(
        TenantSpec tenant, string threadId, string runId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.FindAsync(
            tenant, new("select add_thread_run($1, $2, $3, $4)", threadId, runId, at.ToUnixTimeMilliseconds()),
            row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> ListRunsAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        await database.ListAsync(
            tenant, new("select run_id from thread_runs where tenant = $1 and thread_id = $2 order by place", threadId),
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);

    public async ValueTask RemoveRunsAsync(
        TenantSpec tenant, string threadId, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        await database.ExecuteAsync(tenant, new("select remove_thread_runs($1, $2, $3)", threadId, runIds.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ThreadRecord?> GetAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        await database.FindAsync(tenant, new($"{Columns} where tenant = $1 and thread_id = $2", threadId), Read, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ThreadRecord>> ListAsync(
        TenantSpec tenant, ThreadCursor? after, int limit, CancellationToken cancellationToken)
    {
        StoreArguments.CheckLimit(limit);
        var query = new Query(Columns)
            // Said once more for the index, which a comparison of texts may not use before the second wall.
            .Where("updated_at <= {0}", Milliseconds.Of(after?.UpdatedAt))
            .Where("(updated_at, thread_id) < ({0}, {1})", Milliseconds.Of(after?.UpdatedAt), after?.ThreadId);
        return await database.ListAsync(
            tenant, query.OrderBy("updated_at desc, thread_id desc", limit), Read, cancellationToken).ConfigureAwait(false);
    }

    private static ThreadRecord Read(NpgsqlDataReader row) => new()
    {
        ThreadId = row.GetString(0),
        CreatedAt = Milliseconds.ToInstant(row.GetInt64(1)),
        UpdatedAt = Milliseconds.ToInstant(row.GetInt64(2)),
        RunCount = row.GetInt32(3),
    };
}

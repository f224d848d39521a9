using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Threads;

internal sealed class SqliteThreadStore(Store store) : IThreadStore
{
    private const string Columns = "thread_id, created_at, updated_at, run_count";

    private const string Put = """
        INSERT INTO threads (tenant, thread_id, created_at, updated_at, run_count, last_place) VALUES (?1, ?2, ?3, ?3, 1, 1)
        ON CONFLICT DO UPDATE SET updated_at = ?3, run_count = run_count + 1, last_place = last_place + 1
        RETURNING key, last_place
        """;

    public ValueTask<int> AddRunAsync(TenantSpec tenant, string threadId, string runId, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.AddAsync(tenant, (connection, owner) => PlaceOf(connection, owner, threadId, runId) ?? Add(connection, owner, threadId, runId, at), cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListRunsAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<string>>(
            tenant, [],
            (connection, owner) =>
            {
                using var row = connection.Prepare("""
                    SELECT run_id FROM thread_runs
                    WHERE tenant = ?1 AND thread = (SELECT key FROM threads WHERE tenant = ?1 AND thread_id = ?2) ORDER BY place
                    """).Bind(owner).Bind(threadId);
                var runs = new List<string>();
                while (row.Step()) runs.Add(row.Text(0));
                return runs;
            },
            cancellationToken);

    public async ValueTask RemoveRunsAsync(
        TenantSpec tenant, string threadId, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var copy = runIds.ToArray();
        await store.ChangeAsync(
            tenant, nothing: false, (connection, owner) => Remove(connection, owner, threadId, copy), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<ThreadRecord?> GetAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) => store.ReadAsync(
        tenant, nothing: null,
        (connection, owner) =>
        {
            using var found = connection.Prepare($"SELECT {Columns} FROM threads WHERE tenant = ? AND thread_id = ?").Bind(owner).Bind(threadId);
            return found.Step() ? ReadRow(found) : null;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<ThreadRecord>> ListAsync(TenantSpec tenant, ThreadCursor? after, int limit, CancellationToken cancellationToken)
    {
        StoreArguments.CheckLimit(limit);
        return store.ReadAsync(tenant, [], (connection, owner) => Query(after).Read(connection, owner, limit, ReadRow), cancellationToken);
    }

    internal static ListQuery Query(ThreadCursor? after = null)
    {
        var query = new ListQuery("threads", Columns) { Index = "threads_by_use", Order = "updated_at DESC, thread_id DESC" };
        return after is null ? query : query.Where("(updated_at, thread_id) < (?, ?)", row => row.Bind(after.UpdatedAt).Bind(after.ThreadId));
    }

    private static int? PlaceOf(Connection connection, long tenant, string threadId, string runId)
    {
        using var found = connection.Prepare("""
            SELECT place FROM thread_runs
            WHERE tenant = ?1 AND thread = (SELECT key FROM threads WHERE tenant = ?1 AND thread_id = ?2) AND run_id = ?3
            """).Bind(tenant).Bind(threadId).Bind(runId);
        return found.Step() ? found.Int32(0) : null;
    }

    private static int Add(Connection connection, long tenant, string threadId, string runId, DateTimeOffset at)
    {
        using var thread = connection.Prepare(Put).Bind(tenant).Bind(threadId).Bind(at);
        thread.Step();
        var (key, place) = (thread.Int64(0), thread.Int32(1));
        connection.Prepare("INSERT INTO thread_runs (tenant, thread, place, run_id) VALUES (?, ?, ?, ?)")
            .Bind(tenant).Bind(key).Bind(place).Bind(runId).Execute();
        return place;
    }

    private static bool Remove(Connection connection, long tenant, string threadId, string[] runIds)
    {
        using var thread = connection.Prepare("SELECT key FROM threads WHERE tenant = ? AND thread_id = ?").Bind(tenant).Bind(threadId);
        if (!thread.Step()) return false;
        var key = thread.Int64(0);
        var removed = runIds.Sum(runId => connection.Prepare("DELETE FROM thread_runs WHERE tenant = ? AND thread = ? AND run_id = ?")
            .Bind(tenant).Bind(key).Bind(runId).Execute());
        connection.Prepare("UPDATE threads SET run_count = run_count - ? WHERE tenant = ? AND key = ?").Bind(removed).Bind(tenant).Bind(key).Execute();
        connection.Prepare("DELETE FROM threads WHERE tenant = ? AND key = ? AND run_count = 0").Bind(tenant).Bind(key).Execute();
        return removed > 0;
    }

    private static ThreadRecord ReadRow(Statement row) => new()
    {
        ThreadId = row.Text(0),
        CreatedAt = row.Time(1),
        UpdatedAt = row.Time(2),
        RunCount = row.Int32(3),
    };
}

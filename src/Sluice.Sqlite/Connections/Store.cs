namespace Sluice.Sqlite.Connections;

/// <summary>One open store: what all ports share.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly Readers _readers;
    private readonly WriteQueue _writes;
    private readonly ChangePoll _poll;
    private readonly Tenants _tenants = new();

    public Store(StoreFile file)
    {
        Path = file.Path;
        _poll = new(() => _writes!.Poll());
        RunSignals = new(_poll.OnWaiting);
        ApprovalSignals = new(_poll.OnWaiting);
        _readers = new(file);
        _writes = new(new Writer(file), OnChangedElsewhere);
    }

    public string Path { get; }

    /// <summary>Raised for a run that has new entries.</summary>
    public Signals RunSignals { get; }

    /// <summary>Raised for a tenant, with an empty id, when a request was closed.</summary>
    public Signals ApprovalSignals { get; }

    /// <summary>Reads on behalf of a tenant.</summary>
    /// <returns>What was read; <paramref name="nothing"/> when the tenant has nothing at all.</returns>
    public ValueTask<T> ReadAsync<T>(TenantSpec tenant, T nothing, Func<Connection, long, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<T>(cancellationToken) : new(Read(tenant, nothing, read));
    }

    /// <inheritdoc cref="ReadAsync"/>
    public T Read<T>(TenantSpec tenant, T nothing, Func<Connection, long, T> read) =>
        _readers.Read(connection => _tenants.Read(connection, tenant.ResourceId) is { } id ? read(connection, id) : nothing);

    /// <summary>Writes something new, which may be the tenant's first.</summary>
    public ValueTask<T> AddAsync<T>(
        TenantSpec tenant, Func<Connection, long, T> write, CancellationToken cancellationToken, Action<T>? committed = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new(_writes.RunAsync(connection => write(connection, _tenants.FindOrAdd(connection, tenant.ResourceId)), cancellationToken, committed));
    }

    /// <summary>Changes what is there.</summary>
    /// <returns>What came of it; <paramref name="nothing"/> when the tenant has nothing at all.</returns>
    public ValueTask<T> ChangeAsync<T>(
        TenantSpec tenant, T nothing, Func<Connection, long, T> write, CancellationToken cancellationToken, Action<T>? committed = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new(_writes.RunAsync(
            connection => _tenants.Find(connection, tenant.ResourceId) is { } id ? write(connection, id) : nothing, cancellationToken, committed));
    }

    /// <summary>Writes what is queued and closes. The last one to close the file leaves no log behind.</summary>
    public async ValueTask DisposeAsync()
    {
        _poll.Dispose();
        _readers.Dispose();
        await _writes.CloseAsync().ConfigureAwait(false);
    }

    private void OnChangedElsewhere()
    {
        RunSignals.RaiseAll();
        ApprovalSignals.RaiseAll();
    }
}

namespace Sluice.Sqlite.Connections;

internal sealed class WriteOperation<T>(Func<Connection, T> run, Action<T>? committed) : WriteOperation
{
    // A caller's code never runs on the writer: it would hold up everybody's writes.
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _source.Task;

    public override void Run(Connection connection) => _result = run(connection);

    public override void Complete()
    {
        committed?.Invoke(_result);
        _source.SetResult(_result);
    }

    public override void Fail(Exception exception) => _source.SetException(exception);
}

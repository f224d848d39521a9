using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Changes;

/// <summary>The changes of a workspace for any number of readers: one watch for all of them, and none while nobody reads.</summary>
internal sealed class ChangeFeed(OpenWorkspace workspace, TimeProvider time)
{
    private const int MostBehind = 1000;

    private readonly Lock _lock = new();
    private Watch? _watch;

    /// <summary>The changes from now on. First comes null, once it is known how everything stands.</summary>
    /// <exception cref="SluiceException">The store cannot be read, or the reader is too far behind: it is to come back and read everything anew.</exception>
    public async IAsyncEnumerable<Change?> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (watch, reader) = Join();
        try
        {
            await watch.Begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            yield return null;
            await foreach (var change in reader.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return change;
        }
        finally
        {
            Leave(watch, reader);
        }
    }

    private (Watch Watch, Channel<Change> Reader) Join()
    {
        var reader = Channel.CreateBounded<Change>(new BoundedChannelOptions(MostBehind) { SingleReader = true });
        lock (_lock)
        {
            if (_watch is null)
            {
                _watch = new();
                _ = RunAsync(_watch);
            }

            _watch.Readers.Add(reader);
            return (_watch, reader);
        }
    }

    private void Leave(Watch watch, Channel<Change> reader)
    {
        lock (_lock)
        {
            watch.Readers.Remove(reader);
            if (watch.Readers.Count > 0 || _watch != watch) return;
            _watch = null;
        }

        watch.Ending.Cancel();
    }

    private async Task RunAsync(Watch watch)
    {
        var failure = (Exception?)null;
        try
        {
            // Whoever joins holds the lock.
            await Task.Yield();
            var changes = new ChangeReader(workspace, time).ReadAsync(() => watch.Begun.TrySetResult(), watch.Ending.Token);
            await foreach (var change in changes.ConfigureAwait(false)) Tell(watch, change);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_lock)
        {
            if (_watch == watch) _watch = null;
            foreach (var reader in watch.Readers) reader.Writer.TryComplete(failure);
        }

        if (failure is not null) watch.Begun.TrySetException(failure);
        // Those who wait for it may be gone already.
        _ = watch.Begun.Task.Exception;
    }

    private void Tell(Watch watch, Change change)
    {
        lock (_lock)
        {
            foreach (var reader in watch.Readers)
            {
                if (!reader.Writer.TryWrite(change))
                    reader.Writer.TryComplete(new SluiceException(ErrorCodes.StoreBusy, "You are too far behind: connect again, and read everything anew."));
            }
        }
    }

    /// <summary>One watch over the workspace. The lock guards its readers.</summary>
    private sealed class Watch
    {
        public List<Channel<Change>> Readers { get; } = [];

        public CancellationTokenSource Ending { get; } = new();

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

using System.Runtime.CompilerServices;

namespace Sluice.Studio.Jobs;

/// <summary>A job and everything that it said, for readers who come at any time.</summary>
internal sealed class Job(string id, string kind, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _messages = [];
    private long _characters;
    private readonly CancellationTokenSource _cancelling = new();
    private JobInfo _info = new() { Id = id, Kind = kind, State = JobState.Running, StartedAt = time.GetUtcNow(), LastSequence = 0 };
    private TaskCompletionSource _more = NewSignal();

    public JobInfo Info
    {
        get
        {
            lock (_lock) return _info;
        }
    }

    /// <summary>How much it has said.</summary>
    public long Characters
    {
        get
        {
            lock (_lock) return _characters;
        }
    }

    /// <summary>Completes when it has ended.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Begins it. Each message is what it has to say next, as JSON.</summary>
    public void Start(Func<CancellationToken, IAsyncEnumerable<string>> run) => Running = Task.Run(() => RunAsync(run));

    /// <summary>Asks it to stop; does nothing when it has ended.</summary>
    public void Cancel()
    {
        try
        {
            _cancelling.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and is forgotten.
        }
    }

    /// <summary>The messages after a number, those to come included, until the job has ended.</summary>
    public async IAsyncEnumerable<(long Sequence, string Message)> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            string[] messages;
            Task more;
            bool isOver;
            lock (_lock)
            {
                messages = [.. _messages.Skip((int)Math.Min(after, _messages.Count))];
                (more, isOver) = (_more.Task, _info.State != JobState.Running);
            }

            foreach (var message in messages) yield return (++after, message);
            if (isOver) yield break;
            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _cancelling.Dispose();

    private async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<string>> run)
    {
        try
        {
            await foreach (var message in run(_cancelling.Token).ConfigureAwait(false)) Change(info => info with { LastSequence = info.LastSequence + 1 }, message);
            End(JobState.Completed);
        }
        catch (OperationCanceledException) when (_cancelling.IsCancellationRequested)
        {
            End(JobState.Cancelled);
        }
        catch (SluiceException exception)
        {
            End(JobState.Failed, exception.ToErrorInfo());
        }
        catch (Exception exception)
        {
            // Whoever watches learns that it failed; what of, where it is a bug, is for whoever runs the process.
            End(JobState.Failed, new() { Code = ErrorCodes.Internal, Message = $"The job failed: {exception.GetType().Name}." });
        }
    }

    private void End(JobState state, ErrorInfo? error = null) => Change(info => info with { State = state, EndedAt = time.GetUtcNow(), Error = error });

    private void Change(Func<JobInfo, JobInfo> change, string? message = null)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _info = change(_info);
            if (message is not null)
            {
                _messages.Add(message);
                _characters += message.Length;
            }

            (more, _more) = (_more, NewSignal());
        }

        more.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

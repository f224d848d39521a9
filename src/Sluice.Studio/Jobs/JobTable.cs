using System.Security.Cryptography;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Jobs;

/// <summary>The jobs of a workspace: of each kind one at a time, and the last ones that have ended, as long as they have not said too much.</summary>
internal sealed class JobTable(TimeProvider time) : IAsyncDisposable
{
    private const int MostEnded = 50;
    private const long MostCharacters = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<Job> _jobs = [];
    private bool _isClosed;

    /// <summary>Begins a job.</summary>
    /// <exception cref="SluiceException"><c>conflict</c>: one of the kind goes on.</exception>
    public Job Start(string kind, Func<CancellationToken, IAsyncEnumerable<string>> run)
    {
        lock (_lock)
        {
            if (_isClosed) throw new SluiceException(ErrorCodes.ShuttingDown, "The server is shutting down.");
            if (_jobs.Find(known => known.Info is { State: JobState.Running } info && info.Kind == kind) is { } running)
                throw new SluiceException(StudioErrorCodes.Conflict, $"Job '{running.Info.Id}' of kind {kind} goes on. Cancel it, or wait until it has ended.");
            ForgetOld();
            var job = new Job($"job-{RandomNumberGenerator.GetHexString(16, lowercase: true)}", kind, time);
            _jobs.Add(job);
            job.Start(run);
            return job;
        }
    }

    /// <summary>The jobs, newest first.</summary>
    public IReadOnlyList<JobInfo> List()
    {
        lock (_lock) return [.. Enumerable.Reverse(_jobs).Select(job => job.Info)];
    }

    /// <summary>A job.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: there is no such job, or it ended long ago.</exception>
    public Job Get(string id)
    {
        lock (_lock)
        {
            return _jobs.Find(job => job.Info.Id == id)
                ?? throw new SluiceException(StudioErrorCodes.NotFound, $"There is no job '{id}'. Jobs are forgotten when the server starts anew.");
        }
    }

    /// <summary>Stops what goes on, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Job> jobs;
        lock (_lock) (jobs, _isClosed) = ([.. _jobs], true);
        foreach (var job in jobs) job.Cancel();
        await Task.WhenAll(jobs.Select(job => job.Running)).ConfigureAwait(false);
        foreach (var job in jobs) job.Dispose();
    }

    /// <summary>Keeps the last ones that have ended, and of what they have said not too much.</summary>
    private void ForgetOld()
    {
        var (kept, characters) = (0, 0L);
        foreach (var job in Enumerable.Reverse(_jobs).Where(known => known.Info.State != JobState.Running).ToList())
        {
            characters += job.Characters;
            if (++kept <= MostEnded && characters <= MostCharacters) continue;
            _jobs.Remove(job);
            job.Dispose();
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Sluice.Studio.Documents;
using Sluice.Studio.Errors;
using Sluice.Studio.Jobs;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Evals;

/// <summary>Runs evals as jobs, and keeps what came of them: a row in the store, and a folder of its own for each.</summary>
internal sealed class EvalDesk(DocumentStore documents, string root, TimeProvider time)
{
    private const string Kind = "eval";
    private const string DatasetFile = "dataset.json";
    private const int MostCharacters = 200;

    /// <summary>Begins an eval; it has begun when this completes.</summary>
    /// <exception cref="SluiceException">The dataset or the configuration has problems (<c>invalid_eval</c>), or another eval goes on (<c>conflict</c>).</exception>
    public async Task<EvalInfo> StartAsync(OpenWorkspace open, string? name, EvalDataset dataset, bool useScripts, CancellationToken cancellationToken)
    {
        name = string.IsNullOrWhiteSpace(name) ? dataset.Name : name.Trim();
        if (name.Length > MostCharacters) name = name[..MostCharacters];
        var eval = new EvalInfo
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"eval-{time.GetUtcNow():yyyyMMddHHmmssfff}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"),
            Name = name,
            Dataset = dataset.Name,
            Cases = dataset.Cases.Count,
            State = EvalState.Running,
            JobId = "",
            UseScripts = useScripts,
            StartedAt = time.GetUtcNow(),
        };
        return await RunAsync(open, eval, null, dataset, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with an eval that did not end, where it was. What it has stays when it cannot go on.</summary>
    public async Task<EvalInfo> ResumeAsync(OpenWorkspace open, string id, CancellationToken cancellationToken)
    {
        var (eval, version) = await FindAsync(open, id, cancellationToken).ConfigureAwait(false);
        if (eval.State is EvalState.Running or EvalState.Completed)
            throw new SluiceException(StudioErrorCodes.Conflict, $"Eval '{id}' is {eval.State.ToString().ToLowerInvariant()}: there is nothing to go on with.");
        var dataset = await ReadDatasetAsync(open, id, cancellationToken).ConfigureAwait(false);
        return await RunAsync(open, eval with { State = EvalState.Running, EndedAt = null, Error = null }, (eval, version), dataset, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An eval as it stands now.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: the tenant has none of this id.</exception>
    public async ValueTask<EvalInfo> GetAsync(OpenWorkspace open, string id, CancellationToken cancellationToken) =>
        (await FindAsync(open, id, cancellationToken).ConfigureAwait(false)).Eval;

    /// <summary>The evals, newest first.</summary>
    public async Task<List<EvalInfo>> ListAsync(OpenWorkspace open, CancellationToken cancellationToken)
    {
        var evals = new List<EvalInfo>();
        await foreach (var document in documents.ListAsync<EvalInfo>(open.Runtime.Spec.Tenant, DocumentKinds.Evals, cancellationToken).ConfigureAwait(false))
            evals.Add(Now(open, document.Value));
        evals.Sort((left, right) => string.CompareOrdinal(right.Id, left.Id));
        return evals;
    }

    /// <summary>What came of an eval.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: there is no such eval; <c>invalid_artifact</c>: it has not ended.</exception>
    public async Task<EvalArtifact> ReadArtifactAsync(OpenWorkspace open, string id, CancellationToken cancellationToken) =>
        await EvalArtifact.ReadAsync(FolderOf((await GetAsync(open, id, cancellationToken).ConfigureAwait(false)).Id), cancellationToken).ConfigureAwait(false);

    /// <summary>The samples that ended of an eval that does not go on.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: there is no such eval; <c>conflict</c>: it goes on.</exception>
    public async Task<IReadOnlyList<SampleResult>> ReadSamplesAsync(OpenWorkspace open, string id, CancellationToken cancellationToken)
    {
        var eval = await GetAsync(open, id, cancellationToken).ConfigureAwait(false);
        if (eval.State == EvalState.Running) throw new SluiceException(StudioErrorCodes.Conflict, $"Eval '{id}' goes on: its job '{eval.JobId}' tells what ends.");
        return await EvalArtifact.ReadSamplesAsync(FolderOf(eval.Id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The cases of an eval and how they are run, also while it goes on.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: there is no such eval.</exception>
    public async Task<EvalDataset> ReadDatasetAsync(OpenWorkspace open, string id, CancellationToken cancellationToken) =>
        await EvalDataset.ReadAsync(Path.Combine(FolderOf((await GetAsync(open, id, cancellationToken).ConfigureAwait(false)).Id), DatasetFile), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes an eval with its files.</summary>
    /// <exception cref="SluiceException"><c>conflict</c>: it goes on, or somebody has just begun to go on with it.</exception>
    public async Task<EvalInfo> RemoveAsync(OpenWorkspace open, string id, CancellationToken cancellationToken)
    {
        var (eval, version) = await FindAsync(open, id, cancellationToken).ConfigureAwait(false);
        if (eval.State == EvalState.Running) throw new SluiceException(StudioErrorCodes.Conflict, $"Eval '{id}' goes on. Cancel its job '{eval.JobId}' first.");
        await documents.RemoveAsync<EvalInfo>(open.Runtime.Spec.Tenant, DocumentKinds.Evals, id, version, cancellationToken).ConfigureAwait(false);
        RemoveFolder(id);
        return eval;
    }

    /// <summary>Begins to run an eval.</summary>
    /// <param name="open">Where.</param>
    /// <param name="eval">The eval as it is to be kept.</param>
    /// <param name="before">What is kept of it; null: it is new.</param>
    /// <param name="dataset">Its cases.</param>
    /// <param name="cancellationToken">Stops waiting for its beginning.</param>
    private async Task<EvalInfo> RunAsync(
        OpenWorkspace open, EvalInfo eval, (EvalInfo Eval, long Version)? before, EvalDataset dataset, CancellationToken cancellationToken)
    {
        var request = new EvalRequest
        {
            Dataset = dataset,
            EvalRunId = eval.Id,
            ArtifactFolder = FolderOf(eval.Id),
            Subjects = open.App?.SubjectsFor(dataset),
            UseScripts = eval.UseScripts,
            TimeProvider = time,
        };
        var (noted, begun) = (NewSignal<EvalInfo>(), NewSignal<bool>());
        var job = open.Jobs.Start(Kind, token => FollowAsync(open, request, noted.Task, begun, token));
        try
        {
            eval = eval with { JobId = job.Info.Id };
            if (before is null) await WriteDatasetAsync(eval.Id, dataset, cancellationToken).ConfigureAwait(false);
            await SaveAsync(open, eval, before?.Version ?? 0).ConfigureAwait(false);
            noted.SetResult(eval);
        }
        catch (Exception exception)
        {
            noted.SetException(exception);
            if (before is null) RemoveFolder(eval.Id);
            throw;
        }

        await Task.WhenAny(begun.Task, job.Running).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!begun.Task.IsFaulted) return eval;
        // Nothing ran: everything is as it was.
        await job.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (before is { } known) await SaveAsync(open, known.Eval).ConfigureAwait(false);
        else await RemoveAsync(open, eval.Id, CancellationToken.None).ConfigureAwait(false);
        await begun.Task.ConfigureAwait(false);
        return eval;
    }

    private async IAsyncEnumerable<string> FollowAsync(
        OpenWorkspace open, EvalRequest request, Task<EvalInfo> noted, TaskCompletionSource<bool> begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var eval = await noted.ConfigureAwait(false);
        var envelopes = open.Runtime.StreamEvalAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = envelopes.ConfigureAwait(false);
        while (await NextAsync(envelopes, begun).ConfigureAwait(false) is { } envelope)
        {
            if (envelope.Data is EvalCompletedData completed)
                await SaveAsync(open, eval with { State = EvalState.Completed, Summary = completed.Summary, EndedAt = time.GetUtcNow() }).ConfigureAwait(false);
            yield return envelope.ToJson();
            if (envelope.Data is not EvalFailedData failed) continue;
            var isCancelled = cancellationToken.IsCancellationRequested;
            await SaveAsync(open, eval with { State = isCancelled ? EvalState.Cancelled : EvalState.Failed, Error = failed.Error, EndedAt = time.GetUtcNow() }).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new SluiceException(failed.Error.Code, failed.Error.Message);
        }
    }

    /// <summary>The next envelope; null: there is none. Whoever started the eval is told whether the first one came, or why it did not.</summary>
    private static async ValueTask<EvalEnvelope?> NextAsync(IAsyncEnumerator<EvalEnvelope> envelopes, TaskCompletionSource<bool> begun)
    {
        try
        {
            var hasNext = await envelopes.MoveNextAsync().ConfigureAwait(false);
            begun.TrySetResult(hasNext);
            return hasNext ? envelopes.Current : null;
        }
        catch (Exception exception)
        {
            begun.TrySetException(exception);
            throw;
        }
    }

    private async ValueTask<(EvalInfo Eval, long Version)> FindAsync(OpenWorkspace open, string id, CancellationToken cancellationToken) =>
        await documents.FindAsync<EvalInfo>(open.Runtime.Spec.Tenant, DocumentKinds.Evals, id, cancellationToken).ConfigureAwait(false) is { } document
            ? (Now(open, document.Value), document.Version)
            : throw new SluiceException(StudioErrorCodes.NotFound, $"There is no eval '{id}'.");

    private async ValueTask SaveAsync(OpenWorkspace open, EvalInfo eval, long? version = null) =>
        await documents.SaveAsync(open.Runtime.Spec.Tenant, DocumentKinds.Evals, eval.Id, eval, version, CancellationToken.None).ConfigureAwait(false);

    private async Task WriteDatasetAsync(string id, EvalDataset dataset, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(FolderOf(id));
        await File.WriteAllTextAsync(Path.Combine(FolderOf(id), DatasetFile), dataset.ToJson(), cancellationToken).ConfigureAwait(false);
    }

    private void RemoveFolder(string id)
    {
        if (Directory.Exists(FolderOf(id))) Directory.Delete(FolderOf(id), recursive: true);
    }

    /// <summary>One whose job is gone, or failed before it could say so, does not go on.</summary>
    private static EvalInfo Now(OpenWorkspace open, EvalInfo eval)
    {
        if (eval.State != EvalState.Running) return eval;
        var job = open.Jobs.List().FirstOrDefault(job => job.Id == eval.JobId);
        return job switch
        {
            { State: JobState.Running } => eval,
            { State: JobState.Failed } => eval with { State = EvalState.Failed, Error = job.Error, EndedAt = job.EndedAt },
            _ => eval with { State = EvalState.Interrupted },
        };
    }

    private static TaskCompletionSource<T> NewSignal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string FolderOf(string id) => Path.Combine(root, id);
}

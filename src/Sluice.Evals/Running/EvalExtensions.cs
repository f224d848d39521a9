using System.Runtime.CompilerServices;
using Sluice.Evals.Recording;
using Sluice.Evals.Running;

namespace Sluice;

/// <summary>Runs evals on a runtime.</summary>
public static class EvalExtensions
{
    /// <summary>Runs the cases of a dataset and tells what happens as it does.</summary>
    /// <param name="runtime">What is tested; it also answers for the judge's model, unless the request has a client for it.</param>
    /// <param name="request">What is run, and how.</param>
    /// <param name="cancellationToken">Stops the eval: runs that are under way are cancelled, and the stream ends with <c>failed</c>.</param>
    /// <returns>
    /// The envelopes; the last one is <c>completed</c> or <c>failed</c>. A reader that takes its time slows the eval down; one that leaves stops it.
    /// </returns>
    /// <exception cref="SpecValidationException">The request has problems (<c>invalid_eval</c>), or its folder holds another eval. Nothing ran.</exception>
    /// <exception cref="SluiceException">
    /// The folder is used by another process (<c>store_busy</c>), cannot be written (<c>store_unavailable</c>, <c>store_full</c>) or holds no samples of
    /// an eval (<c>invalid_artifact</c>). Nothing ran.
    /// </exception>
    public static async IAsyncEnumerable<EvalEnvelope> StreamEvalAsync(
        this IAgentRuntime runtime, EvalRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(request);
        using var run = EvalRun.Open(runtime, request);
        await foreach (var envelope in run.StreamAsync(cancellationToken).ConfigureAwait(false)) yield return envelope;
    }

    /// <summary>Runs the cases of a dataset and waits for what comes of them.</summary>
    /// <param name="runtime">What is tested; it also answers for the judge's model, unless the request has a client for it.</param>
    /// <param name="request">What is run, and how.</param>
    /// <param name="cancellationToken">Stops the eval: runs that are under way are cancelled. With a folder it can go on later.</param>
    /// <returns>The artifact; one that failed is an artifact too, and its summary says so.</returns>
    /// <exception cref="SluiceException">As for <see cref="StreamEvalAsync"/>; also when the folder can no longer be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<EvalArtifact> RunEvalAsync(this IAgentRuntime runtime, EvalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(request);
        EvalCompletedData completed;
        using (var run = EvalRun.Open(runtime, request))
        {
            var collected = new CollectedEval(run, request);
            completed = await collected.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (completed.ArtifactPath is null) return collected.ToArtifact(completed.Summary);
        }

        return await EvalArtifact.ReadAsync(completed.ArtifactPath, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a case of a run that ended: its prompt becomes the input, its tool calls and actions become what is expected. Arguments are expected as
    /// they were, except those of the runtime's own tools and those that have an id in them; handles stand as their glimpses.
    /// </summary>
    /// <param name="runtime">The runtime that has the run.</param>
    /// <param name="runId">The run.</param>
    /// <param name="id">The case's id; null: the run's.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SluiceException">There is no such run (<c>run_not_found</c>), it has not ended (<c>run_active</c>), or a plan of it is gone.</exception>
    public static Task<TestCase> CreateTestCaseAsync(
        this IAgentRuntime runtime, string runId, string? id = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        if (id is not null) ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return TestCaseRecorder.CreateAsync(runtime, runId, id, cancellationToken);
    }

    /// <summary>
    /// Reads what came of a run that ended, as scorers look at it: with <see cref="Scorer"/>, a case is tried on what has already happened.
    /// </summary>
    /// <param name="runtime">The runtime that has the run.</param>
    /// <param name="runId">The run.</param>
    /// <param name="references">What stands for a handle in the payload of an action. Default: its kind and glimpse.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SluiceException">There is no such run (<c>run_not_found</c>), it has not ended (<c>run_active</c>), or a plan of it is gone.</exception>
    public static async Task<SampleOutput> ReadOutputAsync(
        this IAgentRuntime runtime, string runId, ReferenceProjection references = ReferenceProjection.Glimpse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        return (await new RunRecorder(runtime, references).ReadEndedAsync(runId, cancellationToken).ConfigureAwait(false)).Output;
    }
}

namespace Sluice.Evals.Running;

/// <summary>An eval that is read to its end. Its samples are kept here only where no folder keeps them.</summary>
internal sealed class CollectedEval(EvalRun run, EvalRequest request)
{
    private readonly Dictionary<string, List<SampleResult>> _samples = request.Dataset.Cases.ToDictionary(
        testCase => testCase.Id, _ => new List<SampleResult>(), StringComparer.Ordinal);

    /// <summary>Runs the eval to its end.</summary>
    /// <exception cref="SluiceException">The eval failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<EvalCompletedData> ReadAsync(CancellationToken cancellationToken)
    {
        EvalEventData last = null!;
        await foreach (var envelope in run.StreamAsync(cancellationToken).ConfigureAwait(false))
        {
            last = envelope.Data;
            if (last is EvalSampleCompletedData { Result: var result } && request.ArtifactFolder is null) _samples[result.CaseId].Add(result);
        }

        if (last is EvalCompletedData completed) return completed;
        cancellationToken.ThrowIfCancellationRequested();
        var error = ((EvalFailedData)last).Error;
        throw new SluiceException(error.Code, error.Message);
    }

    public EvalArtifact ToArtifact(EvalSummary summary) => run.Header.ToArtifact(
        summary,
        [.. request.Dataset.Cases.Select(testCase => run.CaseResult(testCase.Id, [.. _samples[testCase.Id].OrderBy(result => result.Sample)]))],
        request.TimeProvider.GetUtcNow());
}

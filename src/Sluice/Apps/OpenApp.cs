namespace Sluice;

/// <summary>An app that was started. Dispose it when it is no longer needed.</summary>
/// <param name="runtime">Its runtime, which is disposed with it.</param>
/// <param name="release">Gives back what else belongs to it, after the runtime; null: nothing.</param>
public sealed class OpenApp(AgentRuntime runtime, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>The runtime.</summary>
    public AgentRuntime Runtime { get; } = runtime;

    /// <summary>
    /// Gives each sample of an eval data of its own, such as what the case's context asks for; null: samples run on <see cref="Runtime"/>, each on
    /// its own thread.
    /// </summary>
    public Func<TestCase, EvalSample, CancellationToken, Task<EvalSubject>>? EvalSubjects { get; init; }

    /// <summary>What <see cref="EvalRequest.Subjects"/> of an eval of these cases is; null: samples run on <see cref="Runtime"/>.</summary>
    public Func<EvalSample, CancellationToken, Task<EvalSubject>>? SubjectsFor(EvalDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (EvalSubjects is null) return null;

        // Ids that come twice are refused when the eval is run, with all else that is wrong.
        var cases = dataset.Cases.DistinctBy(testCase => testCase.Id, StringComparer.Ordinal).ToDictionary(testCase => testCase.Id, StringComparer.Ordinal);
        return (sample, cancellationToken) => EvalSubjects(cases[sample.TestCaseId], sample, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync().ConfigureAwait(false);
        if (release is not null) await release().ConfigureAwait(false);
    }
}

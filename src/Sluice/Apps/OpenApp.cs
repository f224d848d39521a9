namespace Sluice;

/// <summary>An app that was started. Dispose it when it is no longer needed.</summary>
/// <param name="runtime">Its runtime, which is disposed with it.</param>
/// <param name="release">Gives back what else belongs to it, after the runtime; null: nothing.</param>
public sealed class OpenApp(AgentRuntime runtime, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>The runtime.</summary>
    public AgentRuntime Runtime { get; } = runtime;

    /// <summary>Gives each sample of an eval data of its own; null: samples run on <see cref="Runtime"/>, each on its own thread.</summary>
    public Func<EvalSample, CancellationToken, Task<EvalSubject>>? EvalSubjects { get; init; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync().ConfigureAwait(false);
        if (release is not null) await release().ConfigureAwait(false);
    }
}

using System.Runtime.CompilerServices;

namespace Sluice.Data.Profiling;

/// <summary>Profiles the target database of an environment.</summary>
internal sealed class Profiler(OpenDataEnvironment environment, DataScope scope, ProfilingOptions options)
{
    public async IAsyncEnumerable<ProfilingEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        throw new NotSupportedException($"Profiling of {environment.TargetDatabase?.Kind} for {scope} as {options.DatabaseId} is not built yet.");
#pragma warning disable CS0162
        yield break;
#pragma warning restore CS0162
    }

    public Task<ProfilingEstimate> EstimateAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Estimates for {scope} are not built yet.");
}

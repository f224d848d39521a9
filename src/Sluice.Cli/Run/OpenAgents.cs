namespace Sluice.Cli.Run;

/// <summary>A runtime that was opened for a command, and all that it stands on.</summary>
/// <param name="runtime">The runtime.</param>
/// <param name="parts">What it stands on, in the order in which it was opened.</param>
internal sealed class OpenAgents(AgentRuntime runtime, params IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public AgentRuntime Runtime { get; } = runtime;

    /// <summary>What they are called together: the app's name, or the tenant of a spec.</summary>
    public string Name { get; init; } = runtime.Spec.Tenant.ResourceId;

    /// <summary>What a command line needs to name the same agents.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        foreach (var part in parts.Reverse()) await part.DisposeAsync();
    }
}

namespace Sluice.Runtime.Composition;

/// <summary>A spec with everything in it checked and ready to run.</summary>
internal sealed class CompiledSpec
{
    public required RuntimeSpec Spec { get; init; }

    /// <summary>SHA-256, in hex, of the spec's JSON.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyDictionary<string, CompiledAgent> Agents { get; init; }

    public required IReadOnlyDictionary<string, CompiledPlan> Plans { get; init; }

    /// <summary>The agent that <c>QueryAsync</c> runs; null when there are several and no coordinator.</summary>
    public required CompiledAgent? Entry { get; init; }
}

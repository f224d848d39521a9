using Sluice.Runtime.Drift;

namespace Sluice.Runtime.Composition;

/// <summary>A spec with everything in it checked and ready to run.</summary>
internal sealed class CompiledSpec
{
    public required RuntimeSpec Spec { get; init; }

    /// <summary>What the spec says, without its secrets.</summary>
    public required SpecDefinition Definition { get; init; }

    /// <summary>SHA-256, in hex, of the definition.</summary>
    public string Hash => Definition.Hash;

    public required IReadOnlyDictionary<string, CompiledAgent> Agents { get; init; }

    public required IReadOnlyDictionary<string, CompiledPlan> Plans { get; init; }

    /// <summary>The agent that <c>QueryAsync</c> runs; null when there are several and no coordinator.</summary>
    public required CompiledAgent? Entry { get; init; }
}

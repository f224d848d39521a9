using Microsoft.Extensions.AI;
using Sluice.JsonSchemas;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Composition;

/// <summary>A tool as one agent has it: checked, bound to code, with the rule that gates it.</summary>
internal sealed class CompiledTool
{
    public required ToolSpec Spec { get; init; }

    public required JsonSchema Input { get; init; }

    /// <summary>What the model sees.</summary>
    public required AIFunctionDeclaration Declaration { get; init; }

    /// <summary>SHA-256, in hex, of the definition: part of what a person approves.</summary>
    public required string Version { get; init; }

    /// <summary>The application's code; null for a built-in tool.</summary>
    public ToolHandler? Handler { get; init; }

    /// <summary>The runtime's own code; null for an application's tool.</summary>
    public IBuiltInTool? BuiltIn { get; init; }

    public required ApprovalExplanation Approval { get; init; }

    public required int MaxResultBytes { get; init; }

    public required TimeSpan? Timeout { get; init; }

    public string Name => Spec.Name;

    public bool IsReadOnly => Spec.Effect == ToolEffect.ReadOnly;

    /// <summary>Whether its calls need a claim: the runtime's own tools record their steps themselves.</summary>
    public bool NeedsClaim => BuiltIn is null && !IsReadOnly;
}

using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Composition;

/// <summary>An agent ready to run.</summary>
internal sealed class CompiledAgent
{
    public required AgentSpec Spec { get; init; }

    /// <summary>The author's prompt and the description of the tools.</summary>
    public required ChatMessage SystemMessage { get; init; }

    public required IReadOnlyDictionary<string, CompiledTool> Tools { get; init; }

    public required IChatClient Client { get; init; }

    /// <summary>Model and tools of every call. Shared: chat clients do not change the options they are given.</summary>
    public required ChatOptions ChatOptions { get; init; }

    /// <summary>The same for a turn in which the model can't call tools. They stay declared, for the provider's prompt cache and for the calls in the history.</summary>
    public required ChatOptions LastTurnOptions { get; init; }

    /// <summary>The bytes of the tools' declarations, which are sent with every call.</summary>
    public required long DeclarationBytes { get; init; }

    /// <summary>Whether telemetry holds what is said and what tools are given.</summary>
    public required bool CapturesContent { get; init; }

    /// <summary>The rule that gates the execution of plans.</summary>
    public required ApprovalExplanation PlanApproval { get; init; }

    public string Name => Spec.Name;
}

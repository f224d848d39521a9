using System.Text.Json;

namespace Sluice;

/// <summary>One thing an agent is asked, and what is expected of it.</summary>
public sealed record TestCase
{
    /// <summary>The case's id, unique in its dataset. Non-blank, at most 200 characters.</summary>
    public required string Id { get; init; }

    /// <summary>What the agent is asked.</summary>
    public required string Input { get; init; }

    /// <summary>
    /// A script (see <c>Interpreter.Scripted</c>) that is run in the input's place where a script answers instead of a model; null: the input
    /// itself. What is expected stays the same.
    /// </summary>
    public JsonElement? Script { get; init; }

    /// <summary>The tool calls that are expected; null: not scored. An empty list says that no tool is to be called.</summary>
    public IReadOnlyList<ExpectedCall>? ExpectedTrajectory { get; init; }

    /// <summary>How the calls that were made are compared with the expected ones. Default: the same calls in any order.</summary>
    public TrajectoryMode TrajectoryMode { get; init; } = TrajectoryMode.Unordered;

    /// <summary>The actions that are expected; null: not scored.</summary>
    public ExpectedActions? ExpectedActions { get; init; }

    /// <summary>What the last answer has to be like; null: not scored.</summary>
    public FinalResponse? FinalResponse { get; init; }

    /// <summary>Words to select cases by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The thread of the run that the case was made from; null for one that was written.</summary>
    public string? SourceThreadId { get; init; }

    /// <summary>What else belongs to the case, for the application and for judges. An object; null: nothing.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>What approval requests are answered; null: what the config says.</summary>
    public EvalApprovals? Approvals { get; init; }

    /// <summary>The share of samples that have to pass for the case to pass, above 0 to 1; null: what the config says.</summary>
    public double? RepeatThreshold { get; init; }
}

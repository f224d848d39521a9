using System.Text.Json;

namespace Sluice;

public static partial class Define
{
    /// <summary>One thing an agent is asked, and what is expected of it.</summary>
    /// <param name="id">The case's id, unique in its dataset. Non-blank.</param>
    /// <param name="input">What the agent is asked.</param>
    /// <param name="expectedTrajectory">The tool calls that are expected; null: not scored. A plain string stands for a tool with whatever arguments.</param>
    /// <param name="trajectoryMode">How calls are compared. Default: the same calls in any order.</param>
    /// <param name="expectedActions">The actions that are expected; null: not scored.</param>
    /// <param name="finalResponse">What the last answer has to be like; null: not scored.</param>
    /// <param name="tags">Words to select cases by.</param>
    /// <param name="sourceThreadId">The thread of the run that the case was made from.</param>
    /// <param name="context">What else belongs to the case, an object; null: nothing.</param>
    /// <param name="script">The script that is run in the input's place where a script answers; null: the input.</param>
    public static TestCase TestCase(
        string id,
        string input,
        IReadOnlyList<ExpectedCall>? expectedTrajectory = null,
        TrajectoryMode trajectoryMode = TrajectoryMode.Unordered,
        ExpectedActions? expectedActions = null,
        FinalResponse? finalResponse = null,
        IReadOnlyList<string>? tags = null,
        string? sourceThreadId = null,
        JsonElement? context = null,
        Script? script = null) => new()
        {
            Id = id,
            Input = input,
            ExpectedTrajectory = expectedTrajectory,
            TrajectoryMode = trajectoryMode,
            ExpectedActions = expectedActions,
            FinalResponse = finalResponse,
            Tags = tags ?? [],
            SourceThreadId = sourceThreadId,
            Context = context,
            Script = script is null ? null : JsonElement.Parse(script.ToString()),
        };

    /// <summary>The actions that are expected, whatever their order.</summary>
    /// <param name="planned">Those of the plan that is to be stored; null: not scored.</param>
    /// <param name="executed">Those that are to be executed; null: not scored.</param>
    /// <param name="payloadMatch">How payloads are compared. Default: equal JSON.</param>
    public static ExpectedActions ExpectedActions(
        IReadOnlyList<EvalAction>? planned = null, IReadOnlyList<EvalAction>? executed = null, PayloadMatch payloadMatch = PayloadMatch.Exact) =>
        new() { Planned = planned, Executed = executed, PayloadMatch = payloadMatch };

    /// <summary>What the last answer has to be like.</summary>
    /// <param name="scorers">What scores it; at least one.</param>
    /// <param name="passThreshold">From which effective score on it counts as good, 0 to 1.</param>
    public static FinalResponse FinalResponse(IReadOnlyList<ResponseScorer> scorers, double passThreshold = 0.7) =>
        new() { Scorers = scorers, PassThreshold = passThreshold };

    /// <summary>How an eval is run and scored.</summary>
    /// <param name="mode">Which part of the system is tested.</param>
    /// <param name="targetAgentId">The agent that is asked; null: the one that the mode implies.</param>
    /// <param name="samplesPerCase">How often each case is run, 1 to 1000.</param>
    /// <param name="concurrency">How many samples run at once, 1 to 256.</param>
    /// <param name="passThreshold">From which score on a sample passes, 0 to 1.</param>
    /// <param name="scoreWeights">How much each component counts; null: what the mode's preset says.</param>
    /// <param name="scorerConfig">What scorers look at; null: everything.</param>
    /// <param name="aggregation">What a case's score is.</param>
    /// <param name="provider">The provider of the judge's model; null: found by the model.</param>
    /// <param name="model">The judge's model; needed where a case has a judge.</param>
    /// <param name="limits">The limits of the eval and of each sample; null: the defaults.</param>
    public static EvalConfig EvalConfig(
        EvalMode mode = EvalMode.Sequential,
        string? targetAgentId = null,
        int samplesPerCase = 3,
        int concurrency = 4,
        double passThreshold = 0.7,
        ScoreWeights? scoreWeights = null,
        ScorerConfig? scorerConfig = null,
        EvalAggregation aggregation = EvalAggregation.PassRate,
        string? provider = null,
        string? model = null,
        EvalLimits? limits = null) => new()
        {
            Mode = mode,
            TargetAgentId = targetAgentId,
            SamplesPerCase = samplesPerCase,
            Concurrency = concurrency,
            PassThreshold = passThreshold,
            ScoreWeights = scoreWeights,
            ScorerConfig = scorerConfig ?? new(),
            Aggregation = aggregation,
            Provider = provider,
            Model = model,
            Limits = limits ?? new(),
        };
}

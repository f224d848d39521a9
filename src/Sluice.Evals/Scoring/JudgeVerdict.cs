using System.Text.Json;

namespace Sluice;

/// <summary>What a judge said of an answer.</summary>
public sealed record JudgeVerdict
{
    internal const string NoProvider = "no_provider";

    /// <summary>What came of asking. Only <see cref="ScoreStatus.Scored"/> carries a verdict.</summary>
    public required ScoreStatus Status { get; init; }

    /// <summary>Whether the answer passes; null when there is no verdict.</summary>
    public bool? Passed { get; init; }

    /// <summary>The score of the rubric that the judge selected, 0 or 1; null when there is no verdict.</summary>
    public int? SelectedRubricScore { get; init; }

    /// <summary>The judge's reason, or why there is no verdict.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Why there is no verdict. With <c>judge_error</c>: <c>no_provider</c>, <c>no_text</c> for a judge that said nothing, <c>unparsable</c>,
    /// <c>inconsistent</c> for repeats that do not agree, <c>timeout</c>, or the provider's error code. With <c>refused</c>:
    /// <c>model_refused</c>. With <c>off_menu</c>: <c>off_menu</c>, or <c>contradiction</c> where <see cref="Passed"/> and the score exclude each
    /// other. With <c>scored</c>: null, or <c>no_answer</c> when the agent gave no answer, which fails without a judge.
    /// </summary>
    public string? ErrorKind { get; init; }

    /// <summary>The model that judged; null when none did or it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256, in hex, of the instructions the judge was given; null when none was asked.</summary>
    public string? PromptHash { get; init; }

    /// <summary>SHA-256, in hex, of what it was shown: input, context, reference, answer; null when none was asked.</summary>
    public string? ContextHash { get; init; }

    /// <summary>How often it was asked, repeats and failures together.</summary>
    public int Calls { get; init; }

    /// <summary>Tokens over all calls.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    /// <summary>What was said to the judge and what it answered, <c>{instructions, material, calls: [{answer, failure}]}</c>; null unless asked for.</summary>
    public JsonElement? Trace { get; init; }
}

using Microsoft.Extensions.AI;

namespace Sluice.Evals.Judging;

/// <summary>
/// Has a model say whether an answer fulfils criteria. Whatever goes wrong is a verdict that says so and carries no number; only the
/// caller's cancellation throws. Thread-safe.
/// </summary>
/// <param name="client">Who is asked; null: nobody, and every verdict is <c>no_provider</c>.</param>
/// <param name="model">The model that is asked for; null: the client's own.</param>
/// <param name="retries">How often one question is asked again after a failure that may pass.</param>
/// <param name="keepTrace">Whether verdicts hold what was said to the judge and what it answered.</param>
/// <param name="time">The clock of pauses and timeouts.</param>
internal sealed class Judge(IChatClient? client, string? model, int retries, bool keepTrace, TimeProvider time)
{
    /// <summary>The longest that one call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Has an answer judged.</summary>
    /// <param name="scorer">By what.</param>
    /// <param name="testCase">What the agent was asked.</param>
    /// <param name="output">What came of it.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<JudgeVerdict> AskAsync(JudgeScorer scorer, TestCase testCase, SampleOutput output, CancellationToken cancellationToken)
    {
        if (client is null) return NoVerdict.NoProvider;
        if (string.IsNullOrWhiteSpace(output.Response)) return NoAnswer;
        var question = JudgeQuestion.Of(scorer, testCase, output.Response);
        return await new JudgeSession(client, model, retries, keepTrace, time, question).RunAsync(scorer.Repeats, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An agent that says nothing fulfils nothing: its own fault, known without a judge.</summary>
    private static JudgeVerdict NoAnswer { get; } = new()
    {
        Status = ScoreStatus.Scored,
        Passed = false,
        SelectedRubricScore = 0,
        Reason = "The agent gave no answer, so there was nothing to judge.",
        ErrorKind = "no_answer",
    };
}

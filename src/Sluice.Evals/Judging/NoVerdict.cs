namespace Sluice.Evals.Judging;

/// <summary>What is said in a verdict's place.</summary>
internal static class NoVerdict
{
    private const int LongestReason = 1000;

    /// <summary>Nobody can be asked.</summary>
    public static JudgeVerdict NoProvider { get; } = Of(
        ScoreStatus.JudgeError, JudgeVerdict.NoProvider, "There is no judge: set the config's model, or give the eval a judge client.");

    /// <summary>Repeats of one question that do not agree: the answer lies where this judge cannot tell.</summary>
    public static JudgeVerdict Inconsistent(JudgeVerdict one, JudgeVerdict other)
    {
        var (pass, fail) = one.Passed == true ? (one, other) : (other, one);
        return Of(
            ScoreStatus.JudgeError, "inconsistent", $"The judge, asked again, says otherwise. It passes: {pass.Reason} It fails: {fail.Reason}");
    }

    public static JudgeVerdict Of(ScoreStatus status, string errorKind, string reason) =>
        new() { Status = status, ErrorKind = errorKind, Reason = reason.Length <= LongestReason ? reason : $"{reason[..LongestReason]}…" };
}

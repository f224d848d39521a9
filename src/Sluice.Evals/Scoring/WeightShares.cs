namespace Sluice.Evals.Scoring;

/// <summary>Turns weights into shares that come to 1, whatever their scale.</summary>
internal static class WeightShares
{
    /// <summary>The shares.</summary>
    /// <param name="weights">Finite, not negative, and not all 0.</param>
    /// <exception cref="SluiceException"><c>invalid_eval</c>: they are not.</exception>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> weights)
    {
        if (!AreValid(weights))
        {
            throw new SluiceException(
                ErrorCodes.InvalidEval, $"Weights have to be finite, not negative and not all 0, but are {string.Join(", ", weights)}.");
        }
        // Measured by the largest first: the sum of weights may be out of range.
        var largest = weights.Max();
        var sum = weights.Sum(weight => weight / largest);
        return [.. weights.Select(weight => weight / largest / sum)];
    }

    /// <summary>The weighted mean of scores from 0 to 1, within 0 and 1.</summary>
    /// <param name="scores">Scores with their shares.</param>
    public static double Mean(IEnumerable<(double Score, double Share)> scores) => Math.Clamp(scores.Sum(part => part.Score * part.Share), 0, 1);

    private static bool AreValid(IReadOnlyList<double> weights) =>
        weights.All(weight => double.IsFinite(weight) && weight >= 0) && weights.Any(weight => weight > 0);
}

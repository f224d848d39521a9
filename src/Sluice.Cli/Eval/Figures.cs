using System.Globalization;

namespace Sluice.Cli.Eval;

/// <summary>Figures of evals as people read them.</summary>
internal static class Figures
{
    /// <summary>A number with its noun.</summary>
    public static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>A score from 0 to 1; nothing where there is none.</summary>
    public static string? Score(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");

    /// <summary>What went to models and came from them.</summary>
    public static string Tokens(TokenUsage usage) => string.Create(CultureInfo.InvariantCulture, $"{usage.InputTokens:N0} tokens in, {usage.OutputTokens:N0} out");

    /// <summary>Dollars; a price that is not known is not zero.</summary>
    public static string Cost(decimal? cost) => cost is { } known ? string.Create(CultureInfo.InvariantCulture, $"${known:0.00##}") : "at a price that is not known";
}

using System.Globalization;

namespace Sluice.Anthropic.Requests;

/// <summary>What sets the families of models apart in a request. A Claude model that is not known is taken for a current one.</summary>
/// <param name="Thinking">The form in which thinking is asked for.</param>
/// <param name="TakesSampling">Whether temperature, top-p and top-k are accepted.</param>
/// <param name="CanStopThinking">Whether thinking can be turned off.</param>
/// <param name="HighestEffort">What the highest effort is called.</param>
internal sealed record ModelTraits(ThinkingForm Thinking, bool TakesSampling, bool CanStopThinking = true, string HighestEffort = "xhigh")
{
    private static readonly ModelTraits Current = new(ThinkingForm.Adaptive, TakesSampling: false);
    private static readonly ModelTraits AlwaysThinking = Current with { CanStopThinking = false };
    private static readonly ModelTraits FirstAdaptive = new(ThinkingForm.Adaptive, TakesSampling: true, HighestEffort: "max");
    private static readonly ModelTraits Budgeted = new(ThinkingForm.Budget, TakesSampling: true);
    private static readonly ModelTraits Unthinking = new(ThinkingForm.None, TakesSampling: true);
    private static readonly ModelTraits Foreign = new(ThinkingForm.Adaptive, TakesSampling: true);

    public static ModelTraits Of(string model)
    {
        if (!model.StartsWith("claude-", StringComparison.Ordinal)) return Foreign;
        var parts = model.Split('-');
        if (parts[1] is "fable" or "mythos") return AlwaysThinking;
        if (parts[1] is "instant" or "2" or "2.0" or "2.1") return Unthinking;
        if (parts[1] == "3") return parts is [_, _, "7", ..] ? Budgeted : Unthinking;
        if (parts is not [_, "opus" or "sonnet" or "haiku", "4", ..]) return Current;
        return MinorOf(parts) switch
        {
            < 6 => Budgeted,
            6 => FirstAdaptive,
            _ => Current,
        };
    }

    /// <summary>The 5 of <c>claude-opus-4-5-20251101</c>; a number of that length after the 4 is a date.</summary>
    private static int MinorOf(string[] parts) =>
        parts.Length > 3 && parts[3].Length <= 2 && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : 0;
}

using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;

namespace Sluice.OpenAI.Failures;

/// <summary>How long an answer asks to wait.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The pause, from none to a day; null when the answer does not ask for one, or in a way that cannot be read.</summary>
    public static TimeSpan? Of(PipelineResponseHeaders headers)
    {
        if (headers.TryGetValue("retry-after-ms", out var text) && ToNumber(text) is { } milliseconds) return Within(milliseconds / 1000);
        if (!headers.TryGetValue("retry-after", out text)) return null;
        if (ToNumber(text) is { } seconds) return Within(seconds);
        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date && SentAt(headers) is { } now
            ? Within((date - now).TotalSeconds)
            : null;
    }

    private static DateTimeOffset? SentAt(PipelineResponseHeaders headers) =>
        headers.TryGetValue("date", out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static double? ToNumber(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan Within(double seconds) => seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(Math.Max(0, seconds));
}

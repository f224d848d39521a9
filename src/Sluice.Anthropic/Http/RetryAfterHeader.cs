using System.Globalization;

namespace Sluice.Anthropic.Http;

/// <summary>How long a server asks to wait: milliseconds in <c>retry-after-ms</c>, else seconds or a date in <c>retry-after</c>.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        if (Number(response, "retry-after-ms") is { } milliseconds) return TimeSpan.FromMilliseconds(Math.Min(milliseconds, Longest.TotalMilliseconds));
        if (Number(response, "retry-after") is { } seconds) return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        if (response.Headers.RetryAfter?.Date is not { } date) return null;
        var wait = date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Longest ? wait : Longest;
    }

    private static double? Number(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && double.TryParse(values.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

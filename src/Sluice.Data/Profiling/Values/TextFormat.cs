using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Sluice.Data.Profiling.Values;

/// <summary>Usual ways of writing that a text may follow.</summary>
internal static partial class TextFormat
{
    public const string Email = "email";
    public const string PaymentCard = "payment_card";
    public const string Iban = "iban";
    public const string IpAddress = "ip_address";
    public const string Phone = "phone";
    private const string DatePrefix = "date_";
    private const string IsoDate = "date_iso";
    private const string IsoDateTime = "date_time_iso";
    private const string IsoTime = "time";

    /// <summary>The first that fits counts.</summary>
    private static readonly (string Name, Func<string, bool> Fits)[] Formats =
    [
        (Email, text => EmailPattern().IsMatch(text)),
        ("uuid", text => text.Length is 36 && Guid.TryParseExact(text, "D", out _)),
        ("url", text => UrlPattern().IsMatch(text)),
        (IpAddress, IsIpAddress),
        (IsoDate, text => IsDate(text, "yyyy-MM-dd")),
        (IsoDateTime, text => text.Length > 10 && text[10] is 'T' or ' ' && IsoTimePattern().IsMatch(text)),
        ("date_dmy", text => IsDate(text, "d.M.yyyy", "d/M/yyyy", "d-M-yyyy") && !IsDate(text, "M.d.yyyy", "M/d/yyyy", "M-d-yyyy")),
        ("date_mdy", text => IsDate(text, "M.d.yyyy", "M/d/yyyy", "M-d-yyyy")),
        ("date_ymd", text => IsDate(text, "yyyy/MM/dd", "yyyy.MM.dd")),
        ("date_compact", text => text.Length == 8 && IsDate(text, "yyyyMMdd") && text[0] is '1' or '2'),
        ("date_named", text => IsDate(text, "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy")),
        (IsoTime, text => TimePattern().IsMatch(text)),
        (PaymentCard, Checksum.IsPaymentCard),
        (Iban, Checksum.IsIban),
        ("integer", text => IntegerPattern().IsMatch(text)),
        ("decimal", text => DecimalPattern().IsMatch(text)),
        (Phone, IsPhone),
        ("boolean", text => text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "y" or "n" or "t" or "f"),
        ("json", text => (text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']')),
        ("code", text => text.Length <= 20 && CodePattern().IsMatch(text)),
    ];

    /// <summary>The format; null when it follows none.</summary>
    public static string? Of(string text)
    {
        if (text.Length is 0 or > 200) return null;
        foreach (var (name, fits) in Formats)
            if (fits(text)) return name;
        return null;
    }

    public static bool IsDateFormat(string format) => format.StartsWith(DatePrefix, StringComparison.Ordinal);

    /// <summary>Whether texts of the format are in the order of the dates or times that they are.</summary>
    public static bool IsIso(string format) => format is IsoDate or IsoDateTime or IsoTime;

    private static bool IsIpAddress(string text) =>
        IPAddress.TryParse(text, out _) && (text.Count(character => character == '.') == 3 || text.Count(character => character == ':') >= 2);

    /// <summary>Only what begins as numbers do that are dialled, or is grouped as they are: digits with dashes alone may be anything.</summary>
    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= 7 and <= 15 && PhonePattern().IsMatch(text);

    private static bool IsDate(string text, params string[] formats) =>
        text.Length is >= 8 and <= 20 && DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1000 and < 3000;

    [GeneratedRegex(@"^[^@\s<>,;""]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\.[A-Za-z]{2,24}$", RegexOptions.NonBacktracking)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^(https?|ftp)://[^\s]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"^\d{4}-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d(:[0-6]\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsoTimePattern();

    [GeneratedRegex(@"^[0-2]?\d:[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^[+-]?\d{1,18}$", RegexOptions.NonBacktracking)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^[+-]?(\d{1,18}[.,]\d{1,18}|\d{1,3}(,\d{3})+(\.\d{1,18})?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalPattern();

    [GeneratedRegex(@"^([+(][\d\s()./-]{6,24}|\d{3}[-. ]\d{3}[-. ]\d{4})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^(?:[A-Z0-9]+[-_/.]?)*[A-Z0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();
}

using System.Globalization;
using System.Text.Json;

namespace Sluice.Data.Profiling.Values;

/// <summary>Values as texts and JSON that are the same whichever engine they come from.</summary>
internal static class ValueText
{
    /// <summary>The most characters of a value that is shown.</summary>
    public const int MostShown = 60;

    private const int Digits = 9;
    private const double MostExact = 1e27;

    public static string Of(object value) => value switch
    {
        string text => text.Replace('\0', '\uFFFD'),
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => Plain(number),
        double number => Of(number),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF+00:00", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        JsonElement json => json.GetRawText(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string Of(double number) => double.IsFinite(number) && Math.Abs(number) < MostExact && (number == 0 || Math.Abs(number) > 1 / MostExact)
        ? Plain((decimal)number == 0 ? 0 : decimal.Parse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture))
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number that a value is; null when it is none that can be computed with.</summary>
    public static double? Number(object? value) => value switch
    {
        long number => number,
        decimal number => (double)number,
        double number when double.IsFinite(number) => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>A value as JSON: numbers as numbers, anything else as a text that is cut where it is long.</summary>
    public static JsonElement Json(object value, bool isNumber)
    {
        var text = Of(value);
        return isNumber && Number(value) is not null && IsJsonNumber(text) ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(Shown(text));
    }

    /// <summary>A computed number, rounded to what every engine computes alike.</summary>
    public static JsonElement Rounded(double number) => JsonElement.Parse(Of(double.Parse(number.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));

    /// <summary>A part of a whole, from 0 to 1.</summary>
    public static decimal Share(long part, long whole) => whole == 0 ? 0 : Trim(Math.Round((decimal)part / whole, 6));

    public static string Shown(string text)
    {
        if (text.Length <= MostShown) return text;
        return $"{text[..(char.IsHighSurrogate(text[MostShown - 1]) ? MostShown - 1 : MostShown)]}…";
    }

    private static bool IsJsonNumber(string text) => !text.StartsWith('.') && !text.StartsWith('+') && text.All(character => char.IsAsciiDigit(character) || character is '-' or '.' or 'E' or 'e' or '+');

    private static string Plain(decimal number) => Trim(number).ToString(CultureInfo.InvariantCulture);

    /// <summary>Without zeros at the end.</summary>
    private static decimal Trim(decimal number) => number / 1.0000000000000000000000000000m;
}

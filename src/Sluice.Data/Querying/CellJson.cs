using System.Globalization;
using System.Text.Json;

namespace Sluice.Data.Querying;

/// <summary>Writes values of a database as JSON.</summary>
internal static class CellJson
{
    private const int ShownBytes = 16;

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            default:
                json.WriteStringValue(ToText(value));
                break;
        }
    }

    /// <summary>A value as a text.</summary>
    public static string ToText(object value) => value switch
    {
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        // A model can do nothing with bytes but tell them apart.
        byte[] { Length: <= ShownBytes } bytes => $"\\x{Convert.ToHexStringLower(bytes)}",
        byte[] bytes => $"\\x{Convert.ToHexStringLower(bytes.AsSpan(0, ShownBytes))}… ({bytes.Length} bytes)",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

using System.Text.Json;

namespace Sluice.OpenAI.Failures;

/// <summary>What an error says of itself. Servers that speak the protocol write it in several ways.</summary>
/// <param name="Message">The text; null when there is none.</param>
/// <param name="Type">Its class, such as <c>invalid_request_error</c>.</param>
/// <param name="Code">Its code, such as <c>context_length_exceeded</c>.</param>
/// <param name="Status">A status that stands in the body.</param>
internal sealed record ErrorBody(string? Message, string? Type = null, string? Code = null, int? Status = null)
{
    private const int LongestMessage = 600;

    /// <summary>Reads the body of an answer.</summary>
    public static ErrorBody OfAnswer(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (contentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true)
            return new("a web page, where JSON is expected. Check the base URL, and what stands between.");
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) ? Of(error) : Of(root);
        }
        catch (JsonException)
        {
            return new(Shorten(BinaryData.FromBytes(body).ToString()));
        }
    }

    /// <summary>Reads the error that stands in a stream.</summary>
    public static ErrorBody OfEvent(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return new(Shorten(BinaryData.FromBytes(json).ToString()));
        }
    }

    private static ErrorBody Of(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String) return new(Shorten(error.GetString()!));
        if (error.ValueKind != JsonValueKind.Object) return new((string?)null);
        var message = Text(error, "message") ?? Text(error, "detail") ?? Shorten(error.GetRawText());
        var status = error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : (int?)null;
        return new(Shorten(message), Text(error, "type"), Text(error, "code"), status is >= 300 and < 600 ? status : null);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Shorten(string text)
    {
        text = text.Trim();
        return text.Length <= LongestMessage ? text : $"{text.AsSpan(0, LongestMessage)}…";
    }
}

using System.Text.Json;

namespace Sluice.Anthropic.Http;

/// <summary>An error as the API describes it.</summary>
/// <param name="Type">Its type, such as <c>overloaded_error</c>.</param>
/// <param name="Message">Its message.</param>
/// <param name="RequestId">The request's id, where it is given.</param>
internal sealed record ApiError(string Type, string Message, string? RequestId)
{
    /// <summary>The code that follows from the type alone.</summary>
    public string Code => Type switch
    {
        "overloaded_error" => ErrorCodes.ProviderOverloaded,
        "rate_limit_error" => ErrorCodes.ProviderRateLimited,
        "timeout_error" => ErrorCodes.ProviderTimeout,
        "authentication_error" or "permission_error" => ErrorCodes.ProviderAuth,
        "invalid_request_error" when IsAboutLength => ErrorCodes.ContextTooLong,
        "invalid_request_error" or "not_found_error" or "request_too_large" or "billing_error" => ErrorCodes.ProviderRejected,
        _ => ErrorCodes.ProviderUnavailable,
    };

    private bool IsAboutLength =>
        Message.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("exceed context limit", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("exceeds the context", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an error body or the data of an error event; null when it is neither.</summary>
    public static ApiError? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonElement.Parse(json);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error"u8, out var error)) return null;
            if (error.ValueKind != JsonValueKind.Object) return null;
            return new(TextOf(error, "type") ?? "error", TextOf(error, "message") ?? "It gives no message.", TextOf(root, "request_id"));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Runtime.References;

/// <summary>The small summaries that stand for large values.</summary>
internal static class Glimpses
{
    private const int MaxBytes = 4 * 1024;
    private const int PreviewKeys = 10;

    /// <summary>What is known of any JSON: its type, how much there is, and the first keys.</summary>
    public static object Default(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new
        {
            type = "array",
            count = value.GetArrayLength(),
            keys = value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object ? Keys(value[0]) : null,
        },
        JsonValueKind.Object => new { type = "object", count = value.GetPropertyCount(), keys = Keys(value) },
        JsonValueKind.String => new { type = "string", length = value.GetString()!.Length },
        _ => new { type = value.ValueKind.ToString().ToLowerInvariant() },
    };

    public static JsonElement ToJson(string kind, Func<object?> glimpse)
    {
        var element = Compute(kind, glimpse);
        var size = JsonMarshal.GetRawUtf8Value(element).Length;
        return size <= MaxBytes
            ? element
            : throw new SluiceException(
                ErrorCodes.InvalidReference,
                $"The glimpse of reference kind '{kind}' is {size} bytes of JSON; the most is {MaxBytes}. Summarise: counts and a few examples.");
    }

    private static JsonElement Compute(string kind, Func<object?> glimpse)
    {
        try
        {
            return glimpse() switch
            {
                JsonElement given => given.Clone(),
                var made => JsonSerializer.SerializeToElement(made, SluiceJson.Options),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new SluiceException(
                ErrorCodes.InvalidReference, $"The glimpse of reference kind '{kind}' could not be made: {exception.Message}", exception);
        }
    }

    private static string[] Keys(JsonElement value) =>
        [.. value.EnumerateObject().Take(PreviewKeys).Select(member => member.Name.Length <= 60 ? member.Name : $"{member.Name.AsSpan(0, 60)}…")];
}

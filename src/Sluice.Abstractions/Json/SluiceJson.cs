using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Json;

/// <summary>The serializer settings of everything Sluice reads and writes.</summary>
public static class SluiceJson
{
    /// <summary>
    /// Settings for the application's own types in tools, plans and references: camelCase, enums as their names in snake_case, numbers
    /// only as numbers, required constructor parameters and nullability enforced, duplicate properties refused, unknown ones ignored.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The deepest nesting of a value that Sluice takes from a model or a tool.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>A copy of a value from outside that depends on no document of others, and that can be stored, hashed and read anywhere.</summary>
    /// <exception cref="JsonException">
    /// The value is undefined, nested deeper than <see cref="MaxDepth"/>, names a property twice, or has half a surrogate pair in a text.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The value's document was disposed.</exception>
    public static JsonElement Detach(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) throw new JsonException("There is no value.");
        return Parse(JsonMarshal.GetRawUtf8Value(value));
    }

    /// <summary>Reads a value from outside, under the rules of <see cref="Detach"/>.</summary>
    /// <param name="json">One value as UTF-8.</param>
    /// <exception cref="JsonException">
    /// The text is no JSON, is nested deeper than <see cref="MaxDepth"/>, names a property twice, or has half a surrogate pair in a text.
    /// </exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        RefuseHalfSurrogates(json);
        return JsonElement.Parse(json, Strict);
    }

    /// <summary>Half a surrogate pair can only be written as an escape; the parser lets it pass and every later reader fails.</summary>
    private static void RefuseHalfSurrogates(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0) return;
        var reader = new Utf8JsonReader(json, new() { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException("A text has half a surrogate pair.", e);
            }
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DictionaryKeyPolicy = null,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }
}

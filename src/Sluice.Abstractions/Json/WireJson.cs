using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Json;

/// <summary>The serializer settings of what Sluice writes about itself: events and journal entries.</summary>
/// <remarks>
/// The contracts come from reflection because generated ones set an <c>init</c> member that is missing in the text to null or zero, not
/// to its initializer: a member added later would break every journal written before.
/// </remarks>
internal static class WireJson
{
    public static JsonSerializerOptions CreateOptions(Action<JsonTypeInfo>? modifier = null)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (modifier is not null) resolver.Modifiers.Add(modifier);
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            // A value of the deepest allowed nesting stands some levels deep in an entry.
            MaxDepth = 2 * SluiceJson.MaxDepth,
            // Text of people and models stays readable: it is only ever embedded in JSON, never in HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
            Converters = { new TimestampConverter(), new NullableElementConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    public static JsonTypeInfo<T> TypeOf<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

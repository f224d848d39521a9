using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Data.Profiling.Writing;

/// <summary>Profiles as they stand in the catalog: camelCase, and what is not known is absent.</summary>
internal static class ProfileJson
{
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>What was written; null when it is something else, which somebody may have put there.</summary>
    public static T? Read<T>(JsonElement? json)
        where T : class
    {
        try
        {
            return json is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value ? value.Deserialize<T>(Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

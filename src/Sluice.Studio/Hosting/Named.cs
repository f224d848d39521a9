using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Studio.Hosting;

/// <summary>A value of an enum in an address, by the name that it has in JSON.</summary>
internal readonly record struct Named<T>(T Value)
    where T : struct, Enum
{
    /// <summary>Reads it, as the host asks parameters to be read.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Named<T> named)
    {
        try
        {
            named = new(JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToElement(text), SluiceJson.Options));
            return true;
        }
        catch (JsonException)
        {
            named = default;
            return false;
        }
    }
}

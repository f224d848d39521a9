using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>Reads property names. Unlike <see cref="JsonProperty.Name"/> it does not throw on lone surrogates.</summary>
internal static class JsonNames
{
    public static string Of(JsonProperty property) => JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property));
}

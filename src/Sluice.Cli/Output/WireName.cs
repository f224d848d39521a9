using System.Text.Json;

namespace Sluice.Cli.Output;

/// <summary>Values of enumerations as they are called in JSON and in the documentation.</summary>
internal static class WireName
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

using System.Text.Json;
using Sluice.Json;

namespace Sluice.Postgres.Connections;

/// <summary>The names of an enum's members as JSON has them. The tables hold names: they are read by people, and numbers may shift.</summary>
internal static class WireName<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
        .ToDictionary(value => value, value => JsonSerializer.SerializeToElement(value, SluiceJson.Options).GetString()!);

    private static readonly Dictionary<string, T> Values = Names.ToDictionary(row => row.Value, row => row.Key);

    public static string Of(T value) => Names[value];

    public static T Parse(string name) => Values.TryGetValue(name, out var value)
        ? value
        : throw new SluiceException(ErrorCodes.StoreSchema, $"The store holds the {typeof(T).Name} '{name}', which this build does not know.");
}

using System.Text.Json;

namespace Sluice.Data.Querying;

/// <summary>The parameters of a query as a database takes them.</summary>
internal static class QueryParameters
{
    /// <summary>The values by name, without <c>@</c>.</summary>
    /// <exception cref="SluiceException">A name cannot be one, or a value is a list or an object (<c>invalid_arguments</c>).</exception>
    public static IReadOnlyDictionary<string, object?> Read(IReadOnlyDictionary<string, JsonElement>? parameters)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (given, value) in parameters ?? new Dictionary<string, JsonElement>())
        {
            var name = given.StartsWith('@') ? given[1..] : given;
            if (!IsName(name))
                problems.Add($"'{given}' is no name of a parameter: use letters, digits and _.");
            else if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                problems.Add($"Parameter '{name}' is to be a text, a number, true, false or null. For a list, use one parameter for each value.");
            else if (!result.TryAdd(name, ValueOf(value)))
                problems.Add($"Parameter '{name}' is given twice, with @ and without.");
        }

        return problems.Count == 0 ? result : throw new SluiceException(ErrorCodes.InvalidArguments, string.Join(' ', problems));
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when value.TryGetDecimal(out var exact) => exact,
        JsonValueKind.Number => value.GetDouble(),
        _ => null,
    };
}

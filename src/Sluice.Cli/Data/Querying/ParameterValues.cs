using System.Text.Json;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Data.Querying;

/// <summary>The parameters of a query as they are written on a command line.</summary>
internal static class ParameterValues
{
    /// <summary>Reads <c>name=value</c> pairs. A value that is JSON of one value is that; every other is a text as it stands.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Read(IReadOnlyList<string> pairs)
    {
        var result = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var end = pair.IndexOf('=', StringComparison.Ordinal);
            if (end < 1) throw new WrongUseException($"--param '{pair}' has no name and value.", "write --param id=7, and @id in the statement");
            if (!result.TryAdd(pair[..end], ValueOf(pair[(end + 1)..])))
                throw new WrongUseException($"--param {pair[..end]} is given twice.", "give each parameter once");
        }

        return result;
    }

    private static JsonElement ValueOf(string text)
    {
        try
        {
            var value = JsonElement.Parse(text);
            if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return value;
        }
        catch (JsonException)
        {
            // Most texts are no JSON.
        }

        return JsonSerializer.SerializeToElement(text);
    }
}

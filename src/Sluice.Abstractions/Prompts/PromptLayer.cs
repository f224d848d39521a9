using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Json;

namespace Sluice;

/// <summary>Renders the value of one layer.</summary>
internal static class PromptLayer
{
    public static string Render(object? value) => value switch
    {
        null => "",
        string text => Normalize(text),
        LayeredPrompt prompt => Normalize(prompt.Text),
        JsonElement { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => "",
        JsonElement or JsonNode or IDictionary => RenderJson(value),
        IEnumerable items when IsMap(items) => RenderJson(value),
        IEnumerable items => RenderList(items),
        _ => RenderJson(value),
    };

    /// <summary>One line break and no space at the ends of lines, so that the platform and the editor don't change the prompt.</summary>
    private static string Normalize(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n');
    }

    private static string RenderList(IEnumerable items)
    {
        var lines = items.Cast<object?>().Select(item => item is string text ? Normalize(text) : item is null ? "" : RenderJson(item))
            .Where(line => line.Length > 0);
        // The order of a set is an accident of hashing.
        if (IsSet(items)) lines = lines.Order(StringComparer.Ordinal);
        return string.Join('\n', lines.Select(line => $"- {line.Replace("\n", "\n  ", StringComparison.Ordinal)}"));
    }

    private static string RenderJson(object value) => CanonicalJson.ToText(JsonSerializer.SerializeToElement(value, value.GetType(), SluiceJson.Options));

    private static bool IsMap(IEnumerable items) => Implements(items, typeof(IReadOnlyDictionary<,>)) || Implements(items, typeof(IDictionary<,>));

    private static bool IsSet(IEnumerable items) => Implements(items, typeof(IReadOnlySet<>)) || Implements(items, typeof(ISet<>));

    private static bool Implements(object value, Type definition) =>
        value.GetType().GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == definition);
}

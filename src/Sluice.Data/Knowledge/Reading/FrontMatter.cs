using System.Text.Json;
using Sluice.Yaml;
using YamlDotNet.Core;

namespace Sluice.Data.Knowledge.Reading;

/// <summary>What a document says of itself before its text. Keys that nobody here knows are somebody else's.</summary>
internal sealed record FrontMatter
{
    /// <summary>The title; null when it names none.</summary>
    public string? Title { get; private init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    /// <summary>The tables and columns it says it applies to.</summary>
    public IReadOnlyList<string> AppliesTo { get; private init; } = [];

    /// <summary>Reads front matter.</summary>
    /// <param name="yaml">The text between the lines of dashes.</param>
    /// <exception cref="SluiceException">It is no YAML, or says something else than expected (<c>invalid_document</c>).</exception>
    public static FrontMatter Read(string yaml)
    {
        JsonElement root;
        try
        {
            root = YamlDocument.Parse(yaml);
        }
        catch (YamlException exception)
        {
            var reason = exception.GetType() == typeof(YamlException) ? exception.Message : "It is not well formed there.";
            // The lines of dashes are not counted by the parser, and are by an editor.
            throw Invalid($"The front matter cannot be read at line {exception.Start.Line + 1}, column {exception.Start.Column}. {reason}");
        }

        if (root.ValueKind == JsonValueKind.Null) return new();
        if (root.ValueKind != JsonValueKind.Object) throw Invalid("The front matter is to be keys with values, such as \"title: Returns\".");
        return new()
        {
            Title = Find(root, "title") is { } title ? TextOf(title, "title") : null,
            Tags = Texts(root, "tags"),
            AppliesTo = Texts(root, "applies_to", "appliesTo"),
        };
    }

    private static JsonElement? Find(JsonElement root, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        return null;
    }

    /// <summary>A list of texts, or one text with commas.</summary>
    private static string[] Texts(JsonElement root, params ReadOnlySpan<string> names)
    {
        if (Find(root, names) is not { } value) return [];
        var name = names[0];
        var texts = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(item => TextOf(item, name)) : TextOf(value, name).Split(',', StringSplitOptions.TrimEntries);
        return [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string TextOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String when DataArguments.IsText(value.GetString()) => value.GetString()!.Trim(),
        JsonValueKind.String => throw Invalid($"\"{name}\" of the front matter holds NUL or half of a pair of characters, which cannot be stored."),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw Invalid($"\"{name}\" of the front matter is to be a text{(name == "title" ? "" : ", or a list of texts")}."),
    };

    private static SluiceException Invalid(string message) => new(ErrorCodes.InvalidDocument, message);
}

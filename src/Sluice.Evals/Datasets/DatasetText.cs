using System.Text.Json;
using Sluice.Json;
using Sluice.Yaml;
using YamlDotNet.Core;

namespace Sluice.Evals.Datasets;

/// <summary>The text of a dataset as a JSON value whose every text can be read and whose every key stands there once.</summary>
internal static class DatasetText
{
    private const int MaxErrors = 1000;

    private static readonly JsonDocumentOptions AsWritten =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = SluiceJson.MaxDepth };

    /// <summary>Reads the text.</summary>
    /// <exception cref="SpecValidationException">The text is no JSON or YAML, or holds a key twice, or half a character.</exception>
    public static JsonElement Parse(string text, bool isYaml)
    {
        var root = isYaml ? ParseYaml(text) : ParseJson(text.TrimStart('\uFEFF'));
        var errors = new List<SpecError>();
        Check(root, "", errors);
        return errors.Count == 0 ? root : throw Refusal(errors);
    }

    public static SpecValidationException Refusal(IReadOnlyList<SpecError> errors) => new(errors, ErrorCodes.InvalidEval);

    private static JsonElement ParseJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, AsWritten);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            var (line, column) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            throw Unreadable(
                SpecErrorCodes.InvalidJson, $"The text is no JSON at line {line}, column {column}. It breaks off, is not well formed, or is nested deeper than {SluiceJson.MaxDepth} there.");
        }
        catch (ArgumentException)
        {
            throw Unreadable(SpecErrorCodes.InvalidJson, "The text has half a surrogate pair, which no JSON can hold.");
        }
    }

    private static JsonElement ParseYaml(string yaml)
    {
        try
        {
            return YamlDocument.Parse(yaml);
        }
        catch (YamlException exception)
        {
            throw Unreadable(EvalErrorCodes.InvalidYaml, $"The text is no YAML at line {exception.Start.Line}, column {exception.Start.Column}. {exception.Message}");
        }
    }

    private static SpecValidationException Unreadable(string code, string message) => Refusal([new(code, "$", message)]);

    private static void Check(JsonElement value, string path, List<SpecError> errors)
    {
        if (errors.Count >= MaxErrors) return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckMembers(value, path, errors);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray()) Check(item, $"{path}[{index++}]", errors);
                break;
            case JsonValueKind.String:
                Text(value.GetString, path, errors);
                break;
        }
    }

    private static void CheckMembers(JsonElement value, string path, List<SpecError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (Text(() => member.Name, path, errors) is not { } name) continue;
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (!names.Add(name)) errors.Add(new(SpecErrorCodes.DuplicateProperty, place, $"\"{name}\" stands there twice. Keep one."));
            Check(member.Value, place, errors);
        }
    }

    private static string? Text(Func<string?> read, string path, List<SpecError> errors)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for a lone surrogate.
            errors.Add(new(SpecErrorCodes.InvalidJson, path, "The text has half of a character: an escape \\uD800 to \\uDFFF without its other half."));
            return null;
        }
    }
}

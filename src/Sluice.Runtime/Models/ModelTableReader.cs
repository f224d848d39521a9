using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;

namespace Sluice.Runtime.Models;

/// <summary>Reads a table of models from JSON and reports all that is wrong with it together.</summary>
internal static class ModelTableReader
{
    private static readonly JsonSchema Schema = JsonSchema.Compile(JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "asOf": {"type": "string"},
            "currency": {"enum": ["USD"]},
            "models": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "id": {"type": "string", "pattern": "\\S"},
                  "inputPerMillion": {"type": "number", "minimum": 0, "maximum": 1000000000},
                  "outputPerMillion": {"type": "number", "minimum": 0, "maximum": 1000000000},
                  "cacheReadPerMillion": {"type": "number", "minimum": 0, "maximum": 1000000000},
                  "cacheWritePerMillion": {"type": "number", "minimum": 0, "maximum": 1000000000},
                  "contextTokens": {"type": "integer", "minimum": 1, "maximum": 2147483647},
                  "maxOutputTokens": {"type": "integer", "minimum": 1, "maximum": 2147483647}
                },
                "required": ["id"],
                "additionalProperties": false
              }
            }
          },
          "required": ["asOf", "currency", "models"],
          "additionalProperties": false
        }
        """));

    /// <summary>Reads a table.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What its problems are said to be in; empty: nothing.</param>
    public static ModelTable Read(string json, string file)
    {
        var root = Parse(json, file);
        var problems = Schema.Validate(root).Select(violation => ToError(violation, file)).ToList();
        var asOf = ReadDate(root, file, problems);
        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidModelTable);
        var models = root.Deserialize<ModelTableDocument>(ModelTableDocument.Options)!.Models;
        RefuseDuplicates(models, file);
        return new(asOf, models);
    }

    public static void RefuseDuplicates(IReadOnlyList<ModelInfo> models, string file)
    {
        var problems = new List<SpecError>();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < models.Count; index++)
        {
            if (first.TryAdd(models[index].Id, index)) continue;
            problems.Add(new(
                SpecErrorCodes.InvalidValue, In(file, $"models[{index}].id"),
                $"Model '{models[index].Id}' stands at models[{first[models[index].Id]}] already. Keep one."));
        }

        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidModelTable);
    }

    private static JsonElement Parse(string json, string file)
    {
        try
        {
            return SluiceJson.Parse(Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF')));
        }
        catch (JsonException exception)
        {
            throw new SpecValidationException(
                [new(SpecErrorCodes.InvalidJson, In(file, "table"), $"The text is no JSON: {exception.Message}")], ErrorCodes.InvalidModelTable);
        }
    }

    private static DateOnly ReadDate(JsonElement root, string file, List<SpecError> problems)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("asOf", out var text) || text.ValueKind != JsonValueKind.String) return default;
        if (!DateOnly.TryParseExact(text.GetString(), ModelTableDocument.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            problems.Add(new(SpecErrorCodes.InvalidValue, In(file, "asOf"), $"\"{text.GetString()}\" is no date of the form 2026-01-31."));
        return date;
    }

    private static SpecError ToError(JsonSchemaViolation violation, string file)
    {
        var code = violation.Keyword switch
        {
            "additionalProperties" => SpecErrorCodes.UnknownProperty,
            "required" => SpecErrorCodes.MissingProperty,
            "type" => SpecErrorCodes.WrongType,
            _ => SpecErrorCodes.InvalidValue,
        };
        return new(code, In(file, ToPath(violation.InstancePath)), violation.Message);
    }

    private static string ToPath(string pointer)
    {
        var path = new StringBuilder();
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _)) path.Append('[').Append(segment).Append(']');
            else path.Append(path.Length == 0 ? "" : ".").Append(segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return path.Length == 0 ? "table" : path.ToString();
    }

    private static string In(string file, string path) => file.Length == 0 ? path : $"{file}: {path}";
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Evals.Artifacts;
using Sluice.JsonSchemas;

namespace Sluice.Evals.Datasets;

/// <summary>Reads datasets from files and texts.</summary>
internal static class DatasetReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<EvalDataset> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".json" or ".yaml" or ".yml"))
            throw Refusal(EvalErrorCodes.UnknownFileKind, $"The file '{path}' is of no known kind. Name it .json, .yaml or .yml.");
        var text = await ReadTextAsync(path, cancellationToken).ConfigureAwait(false);
        return Parse(text, kind != ".json", Path.GetFileNameWithoutExtension(path));
    }

    public static EvalDataset Parse(string text, bool isYaml, string name)
    {
        if (text.Length > MaxBytes) throw TooLarge("The text");
        var written = DatasetText.Parse(text, isYaml);
        var errors = new List<SpecError>();
        var form = new DatasetForm(errors).Of(written);
        errors.AddRange(DatasetSchema.Shape.Validate(ToElement(form)).Select(ToError));
        if (errors.Count > 0) throw DatasetText.Refusal([.. errors, .. WellFormedRest.Check(form, errors)]);
        form!["name"] ??= name;
        return form.Deserialize<EvalDataset>(EvalJson.Options)!;
    }

    private static async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                if (file.Length > MaxBytes) throw TooLarge($"The file '{path}'");
                using var reader = new StreamReader(file, StrictUtf8);
                return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DecoderFallbackException)
        {
            throw Refusal(EvalErrorCodes.UnreadableFile, $"The file '{path}' is no text in UTF-8. Save it as one.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refusal(EvalErrorCodes.UnreadableFile, $"The file '{path}' cannot be read: {exception.Message}");
        }
    }

    private static JsonElement ToElement(JsonNode? form) => JsonSerializer.SerializeToElement(form, EvalJson.Options);

    private static SpecValidationException TooLarge(string what) =>
        Refusal(EvalErrorCodes.FileTooLarge, $"{what} is larger than {MaxBytes / (1024 * 1024)} MiB. Split the dataset.");

    private static SpecValidationException Refusal(string code, string message) => DatasetText.Refusal([new(code, "$", message)]);

    private static SpecError ToError(JsonSchemaViolation violation) => new(
        violation.Keyword switch
        {
            "additionalProperties" => SpecErrorCodes.UnknownProperty,
            "required" => SpecErrorCodes.MissingProperty,
            "type" => SpecErrorCodes.WrongType,
            "anyOf" when !violation.InstancePath.EndsWith("/type", StringComparison.Ordinal) => SpecErrorCodes.WrongType,
            _ => SpecErrorCodes.InvalidValue,
        },
        ToPath(violation.InstancePath), violation.Message);

    /// <summary><c>/cases/3/finalResponse</c> as <c>cases[3].finalResponse</c>.</summary>
    private static string ToPath(string pointer)
    {
        if (pointer.Length == 0) return "$";
        var path = new StringBuilder();
        foreach (var segment in pointer[1..].Split('/'))
        {
            if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else path.Append(path.Length == 0 ? "" : ".").Append(segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return path.ToString();
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

/// <summary>The text of a spec as a JSON value of the right shape, and what is wrong with it.</summary>
internal static class SpecDocument
{
    private const int MaxDepth = 256;
    private const int MaxErrors = 100;

    // Their keys are the author's names.
    private static readonly string[] Maps =
        ["providers", "headers", "headersEnv", "approvalOverrides", "toolApprovals", "toolApprovalPolicies", "storageFactories", "displayAliases"];

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parses the text. An unknown property is reported and does no harm; every other error makes the value unusable.</summary>
    /// <exception cref="SpecValidationException">The text is no JSON, or not of a spec's shape.</exception>
    public static JsonElement Parse(string json, out IReadOnlyList<SpecError> unknownProperties)
    {
        var root = ParseJson(json);
        var errors = new List<SpecError>();
        CheckText(root, "", errors);
        errors.AddRange(RuntimeSpecSchema.Shape.Validate(root).Select(ToError));
        if (errors.Any(error => error.Code != SpecErrorCodes.UnknownProperty)) throw new SpecValidationException(errors);
        unknownProperties = errors;
        return root;
    }

    private static JsonElement ParseJson(string json)
    {
        try
        {
            var utf8 = StrictUtf8.GetBytes(json.TrimStart('\uFEFF'));
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or EncoderFallbackException)
        {
            throw new SpecValidationException([new(SpecErrorCodes.InvalidJson, "spec", $"The text is no JSON: {e.Message}")]);
        }
    }

    /// <summary>Finds repeated properties, of which a reader would silently take the last, and text that is not Unicode.</summary>
    private static void CheckText(JsonElement value, string pointer, List<SpecError> errors)
    {
        if (errors.Count >= MaxErrors) return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckMembers(value, pointer, errors);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray()) CheckText(item, $"{pointer}/{index++}", errors);
                break;
            case JsonValueKind.String:
                RequireUnicode(JsonText.RawOf(value), value.GetString, pointer, errors);
                break;
        }
    }

    private static void CheckMembers(JsonElement value, string pointer, List<SpecError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (errors.Count >= MaxErrors) return;
            var name = JsonNames.Of(property);
            var place = pointer + JsonPointer.Segment(name);
            RequireUnicode(JsonMarshal.GetRawUtf8PropertyName(property), () => property.Name, place, errors);
            if (!names.Add(name)) errors.Add(new(SpecErrorCodes.DuplicateProperty, ToPath(place), $"{Excerpt.Quote(name)} stands there twice. Keep one."));
            CheckText(property.Value, place, errors);
        }
    }

    private static void RequireUnicode(ReadOnlySpan<byte> raw, Func<string?> read, string pointer, List<SpecError> errors)
    {
        if (!JsonText.HasEscapes(raw)) return;
        try
        {
            read();
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for a lone surrogate.
            errors.Add(new(SpecErrorCodes.InvalidJson, ToPath(pointer), "The text has half of a character: an escape \\uD800 to \\uDFFF without its other half."));
        }
    }

    private static SpecError ToError(JsonSchemaViolation violation)
    {
        var code = violation.Keyword switch
        {
            "additionalProperties" => SpecErrorCodes.UnknownProperty,
            "required" => SpecErrorCodes.MissingProperty,
            "type" or "anyOf" => SpecErrorCodes.WrongType,
            _ => SpecErrorCodes.InvalidValue,
        };
        // What stands there instead may be a key.
        var isSecret = (violation.InstancePath.StartsWith("/providers", StringComparison.Ordinal) || violation.InstancePath.StartsWith("/mcpServers", StringComparison.Ordinal))
            && code is SpecErrorCodes.WrongType or SpecErrorCodes.InvalidValue;
        return new(code, ToPath(violation.InstancePath), isSecret ? "The value has another form than expected." : violation.Message);
    }

    private static string ToPath(string pointer)
    {
        if (pointer.Length == 0) return "spec";
        var path = new StringBuilder();
        var parent = "";
        foreach (var segment in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            var isIndex = int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (isIndex || Maps.Contains(parent, StringComparer.Ordinal)) path.Append('[').Append(Excerpt.Shorten(segment)).Append(']');
            else path.Append(path.Length == 0 ? "" : ".").Append(Excerpt.Shorten(segment));
            parent = segment;
        }

        return path.ToString();
    }
}

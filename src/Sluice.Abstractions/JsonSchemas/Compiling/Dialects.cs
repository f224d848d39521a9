using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Finds out which vocabularies a schema is written in, from its <c>$schema</c>.</summary>
internal sealed class Dialects(JsonSchemaOptions options)
{
    private const string VocabularyPrefix = "https://json-schema.org/draft/2020-12/vocab/";

    /// <summary>The vocabularies, or null and a problem where the dialect cannot be honoured.</summary>
    public Vocabularies? Read(string dialect, out string problem)
    {
        problem = "";
        var address = dialect.TrimEnd('#');
        if (IsStandard(address)) return Vocabularies.All;
        if (IsOlderDraft(address))
        {
            if (options.ReadOlderDraftsAs202012) return Vocabularies.All;
            problem = $"The dialect {Shown(dialect)} is not supported; write the schema for {MetaSchemas.StandardAddress}.";
            return null;
        }
        if (TryFindMetaSchema(address) is { } metaSchema) return ReadVocabularies(metaSchema, out problem);
        problem = $"The meta-schema {Shown(dialect)} cannot be found; {nameof(JsonSchemaOptions.Resolve)} must return it.";
        return null;
    }

    /// <summary>The meta-schema to hold a schema against.</summary>
    public JsonSchema MetaSchemaOf(JsonElement schema)
    {
        // The limits of the caller's values are not meant for schemas, but for how deep they may nest.
        var limits = new JsonSchemaOptions { MaxDepth = options.MaxDepth };
        return TryCompileCustom(schema)?.With(limits) ?? MetaSchemas.Standard.With(limits);
    }

    private static bool IsStandard(string address) => string.Equals(address, MetaSchemas.StandardAddress, StringComparison.Ordinal);

    private static bool IsOlderDraft(string address) =>
        address.StartsWith("http://json-schema.org/", StringComparison.Ordinal)
        || address.StartsWith("https://json-schema.org/", StringComparison.Ordinal);

    private JsonSchema? TryCompileCustom(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema", out var dialect)) return null;
        if (dialect.ValueKind != JsonValueKind.String) return null;
        var address = JsonText.Decode(dialect).TrimEnd('#');
        if (IsStandard(address) || TryFindMetaSchema(address) is not { } metaSchema) return null;
        var node = new SchemaCompiler(options, isTrusted: true).Compile(metaSchema);
        return node is null ? null : new JsonSchema(metaSchema, node, options);
    }

    private JsonElement? TryFindMetaSchema(string address)
    {
        if (options.Resolve is not { } resolve || !Uri.TryCreate(address, UriKind.Absolute, out var uri)) return null;
        return resolve(uri) is { ValueKind: JsonValueKind.Object } found ? found : null;
    }

    private static Vocabularies? ReadVocabularies(JsonElement metaSchema, out string problem)
    {
        problem = "";
        if (!metaSchema.TryGetProperty("$vocabulary", out var declared) || declared.ValueKind != JsonValueKind.Object)
        {
            return Vocabularies.All;
        }
        var known = Vocabularies.Core;
        foreach (var vocabulary in declared.EnumerateObject())
        {
            if (VocabularyOf(vocabulary.Name) is { } found) known |= found;
            else if (vocabulary.Value.ValueKind == JsonValueKind.True)
            {
                problem = $"The vocabulary {Shown(vocabulary.Name)} is required but not supported.";
            }
        }
        return problem.Length == 0 ? known : null;
    }

    private static Vocabularies? VocabularyOf(string address) =>
        !address.StartsWith(VocabularyPrefix, StringComparison.Ordinal) ? null : address[VocabularyPrefix.Length..] switch
        {
            "applicator" => Vocabularies.Applicator,
            "unevaluated" => Vocabularies.Unevaluated,
            "validation" => Vocabularies.Validation,
            "core" or "meta-data" or "format-annotation" or "content" => Vocabularies.Core,
            _ => null,
        };

    private static string Shown(string address) => Evaluating.Excerpt.Quote(address);
}

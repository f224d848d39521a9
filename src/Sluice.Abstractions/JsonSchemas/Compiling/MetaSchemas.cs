using System.Text.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>The meta-schemas of draft 2020-12, built in.</summary>
internal static class MetaSchemas
{
    public const string StandardAddress = "https://json-schema.org/draft/2020-12/schema";

    private static readonly Lazy<Dictionary<Uri, JsonElement>> Documents = new(ReadDocuments);

    private static readonly Lazy<JsonSchema> CompiledStandard = new(CompileStandard);

    public static JsonSchema Standard => CompiledStandard.Value;

    public static bool IsBuiltIn(Uri address) => Documents.Value.ContainsKey(address);

    public static JsonElement? Find(Uri address) => Documents.Value.TryGetValue(address, out var document) ? document : null;

    private static Dictionary<Uri, JsonElement> ReadDocuments()
    {
        string[] texts =
        [
            MetaSchemaTexts.Schema, MetaSchemaTexts.Core, MetaSchemaTexts.Applicator, MetaSchemaTexts.Unevaluated,
            MetaSchemaTexts.Validation, MetaSchemaTexts.MetaData, MetaSchemaTexts.FormatAnnotation, MetaSchemaTexts.Content,
        ];
        return texts.Select(text => JsonElement.Parse(text)).ToDictionary(document => new Uri(document.GetProperty("$id").GetString()!));
    }

    private static JsonSchema CompileStandard()
    {
        var source = Documents.Value[new Uri(StandardAddress)];
        var compiler = new SchemaCompiler(JsonSchemaOptions.Default, isTrusted: true);
        var root = compiler.Compile(source) ?? throw new JsonSchemaException(compiler.Problems);
        return new JsonSchema(source, root, JsonSchemaOptions.Default);
    }
}

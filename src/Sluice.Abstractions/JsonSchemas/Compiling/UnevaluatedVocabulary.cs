using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Keywords;

namespace Sluice.JsonSchemas.Compiling;

internal static class UnevaluatedVocabulary
{
    public static IReadOnlyList<Keyword> Read(SchemaReader reader)
    {
        if (!reader.Understands(Vocabularies.Unevaluated)) return [];
        var keywords = new List<Keyword>();
        if (reader.Subschema("unevaluatedItems") is { } items) keywords.Add(new UnevaluatedItemsKeyword(items));
        if (reader.Subschema("unevaluatedProperties") is { } properties) keywords.Add(new UnevaluatedPropertiesKeyword(properties));
        return keywords;
    }
}

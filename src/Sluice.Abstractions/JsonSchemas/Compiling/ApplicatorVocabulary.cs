using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Keywords;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>The applicator vocabulary, together with the validation keywords that only mean something beside it.</summary>
internal static class ApplicatorVocabulary
{
    public static void Read(SchemaReader reader, List<Keyword> keywords)
    {
        if (ObjectRulesReader.Read(reader) is { } rules) keywords.Add(new ObjectKeyword(rules));
        if (!reader.Understands(Vocabularies.Applicator)) return;
        ReadArray(reader, keywords);
        if (reader.SubschemaList("allOf") is { Count: > 0 } all) keywords.Add(new AllOfKeyword(all));
        if (reader.SubschemaList("anyOf") is { Count: > 0 } any) keywords.Add(new UnionKeyword("anyOf", any, isExclusive: false));
        if (reader.SubschemaList("oneOf") is { Count: > 0 } one) keywords.Add(new UnionKeyword("oneOf", one, isExclusive: true));
        if (reader.Subschema("not") is { } not) keywords.Add(new NotKeyword(not));
        if (reader.Subschema("if") is { } condition)
        {
            keywords.Add(new ConditionalKeyword(condition, reader.Subschema("then"), reader.Subschema("else")));
        }
    }

    private static void ReadArray(SchemaReader reader, List<Keyword> keywords)
    {
        var prefix = reader.SubschemaList("prefixItems");
        var items = reader.Subschema("items");
        if (prefix.Count > 0 || items is not null) keywords.Add(new ItemsKeyword(prefix, items));
        if (reader.Subschema("contains") is not { } contains) return;
        var isCounted = reader.Understands(Vocabularies.Validation);
        var minimum = isCounted ? reader.Count("minContains") ?? 1 : 1;
        keywords.Add(new ContainsKeyword(contains, minimum, isCounted ? reader.Count("maxContains") : null));
    }
}

using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Compiling;

internal static class CoreVocabulary
{
    public static void Read(SchemaReader reader, List<Keyword> keywords)
    {
        if (reader.Reference("$ref") is { } reference) keywords.Add(reference);
        if (reader.Reference("$dynamicRef") is { } dynamicReference) keywords.Add(dynamicReference);
    }
}
